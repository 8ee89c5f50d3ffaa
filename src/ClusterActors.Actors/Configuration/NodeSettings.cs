using System.Net;
using Akka.Configuration;

namespace ClusterActors.Actors.Configuration;

/// <summary>
/// Section <c>clusterActors</c>: what a node is. Defaults are in <c>reference.hocon</c> only.
/// </summary>
public sealed record NodeSettings
{
    /// <summary>
    /// Id of this server, stable across restarts, 1-64 characters of <c>A-Z a-z 0-9 . _ : -</c>. Key <c>node</c>; empty there
    /// makes it the machine's name and <c>clustersPort</c>, or the first business port where there is no cluster port.
    /// </summary>
    public required string Node { get; init; }

    /// <summary>IP address or DNS name other servers and clients are told. Key <c>host</c>.</summary>
    public required string Host { get; init; }

    /// <summary>Which addresses the business ports are open on. Key <c>bind</c>.</summary>
    public required BindScope Bind { get; init; }

    /// <summary>Business ports, 0 = any free one; none on a server that opens its ports by command. Key <c>port</c>.</summary>
    public required IReadOnlyList<int> Ports { get; init; }

    /// <summary>Whether this server belongs to a fleet; otherwise it is a lone business server. Key <c>clustersSwitch</c>, 0 or 1.</summary>
    public required bool ClustersSwitch { get; init; }

    /// <summary>Port on which servers talk to each other, 0 = any free one. Key <c>clustersPort</c>.</summary>
    public required int ClustersPort { get; init; }

    /// <summary>
    /// IP address or DNS name that other servers are told for <see cref="ClustersPort"/>. Key <c>clustersHost</c>; empty there makes it <see cref="Host"/>.
    /// </summary>
    public required string ClustersHost { get; init; }

    /// <summary>What this server does in its fleet. Key <c>clustersRole</c>.</summary>
    public required NodeRole ClustersRole { get; init; }

    /// <summary>The managers, which vote on who of them may command. Key <c>clustersServer</c>.</summary>
    public required IReadOnlyList<HostAndPort> ClustersServer { get; init; }

    /// <summary>Workers that vote too, for a fleet of two managers. Key <c>clustersWitness</c>.</summary>
    public required IReadOnlyList<HostAndPort> ClustersWitness { get; init; }

    /// <summary>Whether this server is to be a member of the fleet's Akka.Cluster. Key <c>akkaMember</c>, on or off.</summary>
    public required bool AkkaMember { get; init; }

    /// <summary>Port of Akka.Remote, 0 = any free one. Key <c>akkaPort</c>.</summary>
    public required int AkkaPort { get; init; }

    /// <summary>
    /// Where everything is kept that this server keeps, in a directory named after <see cref="Node"/>; created when it is needed. Relative
    /// to the directory the program is started in. Key <c>dataDirectory</c>.
    /// </summary>
    public required string DataDirectory { get; init; }

    /// <summary>Section <c>report</c>.</summary>
    public required ReportSettings Report { get; init; }

    /// <summary>Section <c>worker</c>.</summary>
    public required WorkerSettings Worker { get; init; }

    /// <summary>What it keeps for its clients.</summary>
    public required StoreSettings Store { get; init; }

    /// <summary>Section <c>allocation</c>.</summary>
    public required AllocationSettings Allocation { get; init; }

    /// <summary>Section <c>authority</c>.</summary>
    public required AuthorityLeaseSettings Authority { get; init; }

    /// <summary>Section <c>manager</c>.</summary>
    public required ManagerSettings Manager { get; init; }

    /// <summary>Section <c>connection</c>.</summary>
    public required ConnectionSettings Connection { get; init; }

    /// <summary>Section <c>links</c>.</summary>
    public required LinkSettings Links { get; init; }

    /// <summary>Section <c>security</c>.</summary>
    public required SecuritySettings Security { get; init; }

    /// <summary>Section <c>compat</c>.</summary>
    public required CompatSettings Compat { get; init; }

    /// <summary>Settings that differ from their defaults, in the order of reference.hocon.</summary>
    public IReadOnlyList<ChangedSetting> Changed { get; init; } = [];

    /// <summary>Whether this node does business work: role 1 or 3, or a lone server.</summary>
    public bool RunsWorker => !ClustersSwitch || ClustersRole.HasFlag(NodeRole.Worker);

    /// <summary>Whether this node manages others: role 2 or 3 in a fleet.</summary>
    public bool RunsManager => ClustersSwitch && ClustersRole.HasFlag(NodeRole.Manager);

    /// <summary>Everyone who votes on who may command, managers first.</summary>
    public IEnumerable<HostAndPort> Voters => ClustersServer.Concat(ClustersWitness);

    /// <summary>
    /// Whether this node runs Akka.Remote and Akka.Cluster: in a fleet, unless <see cref="AkkaMember"/> is off. Nor does one whose port
    /// nobody can reach where others are told that it is: they would join it, miss it, and put each other out.
    /// </summary>
    public bool JoinsAkkaCluster => ClustersSwitch && AkkaMember && !IsOutOfReach;

    /// <summary>
    /// Address the business ports are bound to: loopback while clients are told a loopback address, else every address of
    /// the machine, IPv4 and IPv6, since <see cref="Host"/> may be one that only a router or the container's host has.
    /// </summary>
    public IPAddress BusinessBindAddress =>
        Bind == BindScope.Any || (Bind == BindScope.Auto && !IsLoopbackHost) ? IPAddress.IPv6Any : Loopback;

    /// <summary>
    /// Address the cluster port and the port of Akka.Remote are bound to: loopback, since nobody has to prove who he is; every address of the machine,
    /// IPv4 and IPv6, where <see cref="SecuritySettings.Insecure"/> says that this is meant (PROTOCOL.md section 6).
    /// </summary>
    public IPAddress ClustersBindAddress => Security.Insecure ? IPAddress.IPv6Any : Loopback;

    /// <summary>Whether other servers are told an address of the network while the ports for them are open on loopback only.</summary>
    internal bool IsOutOfReach => !IsLoopback(ClustersHost) && !Security.Insecure;

    internal bool IsLoopbackHost => IsLoopback(Host);

    private IPAddress Loopback => HostAndPort.IsIPv6(Host) ? IPAddress.IPv6Loopback : IPAddress.Loopback;

    private static bool IsLoopback(string host) =>
        IPAddress.TryParse(host, out var ip) ? IPAddress.IsLoopback(ip) : host.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the settings of a configuration that lies over reference.hocon.</summary>
    /// <param name="config">Sections <c>clusterActors</c> and <c>akka</c>; any other is refused.</param>
    /// <param name="source">What to call the configuration in mistakes, such as its file name.</param>
    /// <exception cref="ConfigurationException">There are mistakes; all of them are in it.</exception>
    public static NodeSettings Create(Config config, string source)
    {
        ArgumentNullException.ThrowIfNull(config);
        return ConfigurationLoader.Read(config, source);
    }
}
