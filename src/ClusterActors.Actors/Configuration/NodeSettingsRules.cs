using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;

namespace ClusterActors.Actors.Configuration;

/// <summary>Which values go together; each alone is good already.</summary>
internal static class NodeSettingsRules
{
    /// <summary>Refuses a key with what is wrong, what is allowed, and the other keys it does not go with.</summary>
    public delegate void Refusal(string name, string problem, string allowed, params string[] others);

    public static void Check(NodeSettings settings, Refusal refuse)
    {
        CheckPorts(settings, refuse);
        if (settings.ClustersSwitch)
        {
            CheckManagers(settings, refuse);
        }
        else
        {
            CheckLoneServer(settings, refuse);
        }
    }

    private static void CheckPorts(NodeSettings settings, Refusal refuse)
    {
        // Zero may be there more than once: each time it is another free port.
        if (FirstTwice(settings.Ports.Where(port => port > 0)) is { } twice)
        {
            refuse("port", $"{twice} is listed twice", "each port once");
        }

        if (settings.RunsWorker && settings.Ports.Count > settings.Worker.MaxPorts)
        {
            refuse("port", $"these are {settings.Ports.Count}", $"at most worker.maxPorts, which is {settings.Worker.MaxPorts}");
        }

        if (settings.ClustersSwitch && settings.ClustersPort > 0 && settings.Ports.Contains(settings.ClustersPort))
        {
            refuse("clustersPort", "it is a business port too", "a port of its own", "port", "clustersSwitch");
        }

        if (settings.JoinsAkkaCluster && settings.AkkaPort > 0 && (settings.AkkaPort == settings.ClustersPort || settings.Ports.Contains(settings.AkkaPort)))
        {
            var other = settings.AkkaPort == settings.ClustersPort ? "it is the cluster port too" : "it is a business port too";
            refuse("akkaPort", other, "a port of its own", "port", "clustersPort", "clustersSwitch", "akkaMember");
        }
    }

    private static void CheckManagers(NodeSettings settings, Refusal refuse)
    {
        if (FirstTwice(settings.ClustersServer) is { } twice)
        {
            refuse("clustersServer", $"{twice} is listed twice", "each manager once");
        }

        CheckVoters(settings, refuse);
        if (settings.ClustersRole != NodeRole.Worker)
        {
            return;
        }

        if (settings.ClustersServer.Count == 0)
        {
            refuse("clustersServer", "a server of clustersRole 1 has no manager to report to", "at least one host:port", "clustersRole", "clustersSwitch");
        }
        else if (settings.ClustersServer.All(server => IsSelf(server, settings)))
        {
            refuse(
                "clustersServer",
                "it names only this server, which is no manager with clustersRole 1",
                "the clustersPort of a manager, or another clustersPort for this server",
                "clustersRole",
                "clustersSwitch",
                "clustersPort",
                "host");
        }
    }

    private static void CheckVoters(NodeSettings settings, Refusal refuse)
    {
        if (FirstTwice(settings.ClustersWitness) is { } twice)
        {
            refuse("clustersWitness", $"{twice} is listed twice", "each witness once");
        }

        if (settings.ClustersWitness.FirstOrDefault(settings.ClustersServer.Contains) is { Port: > 0 } manager)
        {
            refuse("clustersWitness", $"{manager} is a manager and votes already", "workers that are not in clustersServer", "clustersServer");
        }

        var voters = settings.Voters.Count();
        if (voters > VoterSet.MaxVoters)
        {
            refuse(
                settings.ClustersServer.Count > VoterSet.MaxVoters ? "clustersServer" : "clustersWitness",
                $"together with {(settings.ClustersServer.Count > VoterSet.MaxVoters ? "clustersWitness" : "clustersServer")} these are {voters} that vote",
                $"at most {VoterSet.MaxVoters}; 1, 3 or 5 are best",
                "clustersServer",
                "clustersWitness");
        }
    }

    private static void CheckLoneServer(NodeSettings settings, Refusal refuse)
    {
        if (settings.ClustersRole == NodeRole.Manager)
        {
            refuse(
                "clustersRole",
                "a server that only manages has nothing to do while clustersSwitch is 0",
                "1 or 3 with clustersSwitch 0",
                "clustersSwitch");
        }

        if (settings.Ports.Count == 0)
        {
            refuse("port", "a lone server (clustersSwitch 0) without a port can never be reached", "at least one port", "clustersSwitch");
        }
    }

    private static bool IsSelf(HostAndPort server, NodeSettings settings) =>
        server.Port == settings.ClustersPort && server.Host.Equals(settings.Host, StringComparison.OrdinalIgnoreCase);

    private static T? FirstTwice<T>(IEnumerable<T> values)
        where T : struct =>
        values.GroupBy(value => value).Where(group => group.Skip(1).Any()).Select(group => (T?)group.Key).FirstOrDefault();
}
