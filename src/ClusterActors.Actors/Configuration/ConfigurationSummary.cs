using System.Net;
using ClusterActors.Actors.Worker;
using ClusterActors.Actors.Worker.Commands;

namespace ClusterActors.Actors.Configuration;

/// <summary>Says a configuration in sentences, for <c>check-config</c> and for the log of a start.</summary>
public static class ConfigurationSummary
{
    /// <summary>
    /// What the node will be, the ports it opens and where, whom it dials, how far commands may change it, what deserves a warning,
    /// and the settings that differ from their defaults; one line each.
    /// </summary>
    /// <param name="settings">The node's settings.</param>
    public static IReadOnlyList<string> Describe(NodeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return
        [
            Role(settings),
            BusinessPorts(settings),
            ClusterPort(settings),
            .. AkkaPort(settings),
            Dials(settings),
            .. Commands(settings),
            .. Warnings(settings).Select(warning => $"Warning: {warning}"),
            .. Changes(settings),
        ];
    }

    /// <summary>What is allowed and yet deserves a warning, at every start; one sentence each.</summary>
    /// <param name="settings">The node's settings.</param>
    public static IReadOnlyList<string> Warnings(NodeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var warnings = new List<string>();
        if (settings.ClustersSwitch && settings.Security.Insecure)
        {
            warnings.Add(
                "security.insecure is on: whoever reaches the cluster port can command this server, nobody has to prove who he is.");
        }

        if (settings.ClustersSwitch && settings.IsOutOfReach)
        {
            warnings.Add(
                $"Others are told {settings.ClustersHost}, but the ports for other servers are open on loopback only, so only this machine reaches them; "
                + "security.insecure = on opens them to the network, for whoever is in it.");
        }

        if (settings.ClustersSwitch && settings.Voters.Count() == 2)
        {
            warnings.Add(
                "Two servers vote on who may command: while either is gone nobody may, until the operator forces it (force-authority); "
                + "name a worker in clustersWitness as the third.");
        }
        else if (settings.ClustersSwitch && settings.Voters.Count() is > 2 and var voters && voters % 2 == 0)
        {
            warnings.Add($"{voters} servers vote on who may command, which survives no more failures than {voters - 1}; 3 or 5 are best.");
        }

        if (settings.RunsWorker && settings.Ports.Count == 0)
        {
            warnings.Add("No business port is configured: no client is served until a manager opens one (action 7).");
        }

        var named = settings.Changed.Any(change => change.Key == "node");
        if (settings.ClustersSwitch && !named && settings.ClustersPort == 0 && settings.Ports.All(port => port == 0))
        {
            warnings.Add(
                $"The id {settings.Node} is shared by every server of this machine that takes any free port; give each its own node.");
        }

        if (settings.RunsWorker && settings.ClustersSwitch && settings.Links.Timeout <= settings.Report.Interval)
        {
            warnings.Add(
                $"links.timeout ({SettingText.Of(settings.Links.Timeout)}) is not longer than report.interval "
                + $"({SettingText.Of(settings.Report.Interval)}): a manager that answers every report can still seem silent.");
        }

        return warnings;
    }

    private static string Role(NodeSettings settings) => $"Node {settings.Node} will be " + (settings switch
    {
        { ClustersSwitch: false } => "a lone business server (clustersSwitch 0): no fleet, no cluster port.",
        { ClustersRole: NodeRole.Worker } => "an ordinary server (clustersRole 1): it serves clients and reports to its managers.",
        { ClustersRole: NodeRole.Manager } => "a managing server (clustersRole 2): it looks after others and does no business work.",
        _ => "a managing server that serves clients too (clustersRole 3).",
    });

    private static string BusinessPorts(NodeSettings settings) => settings.Ports.Count == 0
        ? "It opens no business port."
        : $"It opens {Ports(settings.Ports)} on {Where(settings.BusinessBindAddress)} for clients, who are told {settings.Host}.";

    private static string ClusterPort(NodeSettings settings) => settings.ClustersSwitch
        ? $"It opens {Ports([settings.ClustersPort])} on {Where(settings.ClustersBindAddress)} for other servers and operators."
        : "It opens no cluster port.";

    private static string[] AkkaPort(NodeSettings settings) => settings switch
    {
        { ClustersSwitch: false } => [],
        { AkkaMember: true, IsOutOfReach: true } => ["It is no member of an Akka.Cluster, since no other member could reach it (see the warning)."],
        { AkkaMember: false } => ["It is known by its links alone (akkaMember off): no member of an Akka.Cluster."],
        _ => [$"It opens {Ports([settings.AkkaPort])} on {Where(settings.ClustersBindAddress)} for the other members of the Akka.Cluster."],
    };

    private static string Dials(NodeSettings settings) => settings switch
    {
        { ClustersSwitch: false } => "It dials nobody.",
        { ClustersServer.Count: 0 } => "It knows no other manager and dials nobody.",
        _ => $"The managers it knows are {string.Join(", ", settings.ClustersServer)}; it dials each that is not itself.",
    };

    private static IEnumerable<string> Commands(NodeSettings settings)
    {
        if (!settings.RunsWorker || !settings.ClustersSwitch)
            yield break;
        var worker = settings.Worker;
        var after = worker.KeepChanges
            ? $"what they change is kept in {Path.Combine(settings.DataDirectory, NodeFolder.NameOf(settings.Node))} and holds after a restart."
            : "a restart goes back to the configuration.";
        yield return $"Commands may bring it to {worker.MaxThreads} worker threads, {worker.MaxReaderWriters} reader-writers and "
            + $"{worker.MaxPorts} business ports; {after}";
    }

    private static IEnumerable<string> Changes(NodeSettings settings) => settings.Changed.Count == 0
        ? ["Every setting has its default."]
        : settings.Changed
            .Select(change => $"{change.Key} = {change.Value}, default {change.Default} ({change.Source}).")
            .Prepend("Settings that differ from their defaults:");

    private static string Ports(IEnumerable<int> ports)
    {
        var names = ports.Select(port => port == 0 ? "any free port" : $"port {port}");
        return string.Join(", ", names);
    }

    private static string Where(IPAddress address) =>
        IPAddress.IsLoopback(address) ? $"loopback only ({address})" : "every address of this machine";
}
