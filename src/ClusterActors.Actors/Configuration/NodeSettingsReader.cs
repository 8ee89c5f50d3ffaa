using System.Globalization;
using System.Net;
using ClusterActors.Actors.Configuration.Hocon;

namespace ClusterActors.Actors.Configuration;

/// <summary>Makes <see cref="NodeSettings"/> of a configuration, or says everything that is wrong with it.</summary>
internal static class NodeSettingsReader
{
    private const int MaxNodeLength = 64;

    /// <summary>Reads section <c>clusterActors</c>.</summary>
    /// <param name="written">The whole configuration in effect, which lies over <paramref name="reference"/>.</param>
    /// <param name="reference">reference.hocon.</param>
    /// <param name="machineName">For the default of <c>node</c>.</param>
    /// <param name="journal">Takes mistakes and changes; what is returned has a meaning only if there are no mistakes.</param>
    public static NodeSettings Read(HoconSection written, HoconSection reference, string machineName, SettingsJournal journal)
    {
        RefuseOtherSections(written, journal);
        if (written.Members[KnownKeys.Root] is not HoconSection)
        {
            journal.Refuse(KnownKeys.Root, written.Members[KnownKeys.Root], "it is a section, not a single value", "clusterActors { ... }");
            written = reference;
        }

        var below = (HoconSection)reference.Members[KnownKeys.Root];
        var reader = new SettingsReader(
            KnownKeys.Root, (HoconSection)written.Members[KnownKeys.Root], below, new KnownKeys(below), journal);
        var settings = reader.Complete(new NodeSettings
        {
            Node = reader.Text("node", $"1 to {MaxNodeLength} of the characters A-Z a-z 0-9 . _ : -", IsNodeOrEmpty),
            Host = reader.Text("host", "an IP address or DNS name that others can reach", IsReachableHost),
            Bind = reader.Choice("bind", ("auto", BindScope.Auto), ("loopback", BindScope.Loopback), ("any", BindScope.Any)),
            Ports = reader.List("port", "a list of ports from 0 to 65535", SettingParsers.Integer(0, IPEndPoint.MaxPort)),
            ClustersSwitch = reader.Choice("clustersSwitch", ("0", false), ("1", true)),
            ClustersPort = reader.Integer("clustersPort", 0, IPEndPoint.MaxPort),
            ClustersHost = reader.Text(
                "clustersHost", "an IP address or DNS name that other servers can reach, or empty for host", text => text.Length == 0 || IsReachableHost(text)),
            ClustersRole = reader.Choice(
                "clustersRole", ("1", NodeRole.Worker), ("2", NodeRole.Manager), ("3", NodeRole.Both)),
            ClustersServer = reader.List<HostAndPort>(
                "clustersServer", "a list of host:port, IPv6 as [::1]:9292", SettingParsers.Address),
            ClustersWitness = reader.List<HostAndPort>(
                "clustersWitness", "a list of host:port, IPv6 as [::1]:9292", SettingParsers.Address),
            AkkaMember = reader.OnOff("akkaMember"),
            AkkaPort = reader.Integer("akkaPort", 0, IPEndPoint.MaxPort),
            DataDirectory = reader.Text("dataDirectory", "the path of a directory", IsPath),
            Report = ReportSettings.Read(reader.Section("report")),
            Worker = WorkerSettings.Read(reader.Section("worker")),
            Store = StoreSettings.Read(reader.Section("store")),
            Allocation = AllocationSettings.Read(reader.Section("allocation")),
            Authority = AuthorityLeaseSettings.Read(reader.Section("authority")),
            Manager = ManagerSettings.Read(reader.Section("manager")),
            Connection = ConnectionSettings.Read(reader.Section("connection")),
            Links = LinkSettings.Read(reader.Section("links")),
            Security = SecuritySettings.Read(reader.Section("security")),
            Compat = CompatSettings.Read(reader.Section("compat")),
        });

        NodeSettingsRules.Check(settings, reader.Refuse);
        return settings with
        {
            Node = settings.Node.Length > 0 ? settings.Node : DefaultNode(settings, machineName),
            ClustersHost = settings.ClustersHost.Length > 0 ? settings.ClustersHost : settings.Host,
            Changed = journal.Changed,
        };
    }

    private static void RefuseOtherSections(HoconSection written, SettingsJournal journal)
    {
        foreach (var (name, value) in written.Members)
        {
            if (name is not (KnownKeys.Root or "akka"))
            {
                journal.Refuse(name, value, "this section is unknown", "clusterActors { ... } and akka { ... }");
            }
        }
    }

    private static bool IsNodeOrEmpty(string text) => text.Length <= MaxNodeLength && text.All(IsNodeCharacter);

    private static bool IsNodeCharacter(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or ':' or '-';

    private static bool IsReachableHost(string text) =>
        HostAndPort.IsHost(text)
        && !(IPAddress.TryParse(text, out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)));

    private static bool IsPath(string text) =>
        !string.IsNullOrWhiteSpace(text) && text.IndexOfAny(Path.GetInvalidPathChars()) < 0 && !text.Any(char.IsControl);

    private static string DefaultNode(NodeSettings settings, string machineName)
    {
        var ports = settings.ClustersSwitch ? settings.Ports.Prepend(settings.ClustersPort) : settings.Ports;
        var suffix = "-" + ports.FirstOrDefault(port => port > 0).ToString(CultureInfo.InvariantCulture);
        var name = string.Concat(machineName.Select(character => IsNodeCharacter(character) ? character : '-'));
        return name[..Math.Min(name.Length, MaxNodeLength - suffix.Length)] + suffix;
    }
}
