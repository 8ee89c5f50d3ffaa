using System.Globalization;
using System.Net;
using Akka.Configuration;
using ClusterActors.Actors.Configuration;

namespace ClusterActors.Actors.Membership;

/// <summary>What Akka.Remote and Akka.Cluster of a node are set to. A section <c>akka</c> of the user's file lies over it.</summary>
internal static class AkkaClusterConfig
{
    /// <summary>Begins the Akka.Cluster role that carries the node id: <c>node:worker-1</c>.</summary>
    public const string NodeRolePrefix = "node:";

    // keep-majority counts every member: with a role it would count the members of that role alone, and pick its side.
    // With tcp-reuse-addr two nodes that start at once would share a port on Linux, where .NET makes SO_REUSEPORT of it.
    // The pause: three seconds made false alarms on a crowded machine. A member that restarts at its address waits for the gate and
    // for the removal of what it was before. Members come, and say goodbye, as fast as leader and gossip go round.
    private const string Fixed = """
        akka {
          actor.provider = cluster
          remote {
            log-remote-lifecycle-events = WARNING
            retry-gate-closed-for = 1s
            dot-netty.tcp.tcp-reuse-addr = off
          }
          cluster {
            log-info = off
            gossip-interval = 500ms
            leader-actions-interval = 500ms
            periodic-tasks-initial-delay = 100ms
            retry-unsuccessful-join-after = 2s
            failure-detector.acceptable-heartbeat-pause = 6s
            run-coordinated-shutdown-when-down = on
            downing-provider-class = "Akka.Cluster.SBR.SplitBrainResolverProvider, Akka.Cluster"
            split-brain-resolver {
              active-strategy = keep-majority
              stable-after = 15s
              down-all-when-unstable = off
            }
          }
        }
        """;

    /// <summary>The section for a node that joins an Akka.Cluster.</summary>
    public static Config Of(NodeSettings settings)
    {
        var bind = SettingsMapping.Endpoint(settings.ClustersBindAddress, settings.AkkaPort);
        var role = ((int)settings.ClustersRole).ToString(CultureInfo.InvariantCulture);
        var own = string.Create(CultureInfo.InvariantCulture, $$"""
            akka.remote.dot-netty.tcp {
              hostname = "{{bind.Address}}"
              port = {{bind.Port}}
              public-hostname = "{{PublicHost(settings.ClustersHost)}}"
            }
            akka.cluster.roles = ["{{NodeRolePrefix}}{{settings.Node}}", "role:{{role}}"]
            """);
        return ConfigurationFactory.ParseString(own).WithFallback(ConfigurationFactory.ParseString(Fixed));
    }

    /// <summary>The node id that a member carries, or null when it carries none.</summary>
    public static string? NodeOf(IEnumerable<string> roles) =>
        roles.FirstOrDefault(role => role.StartsWith(NodeRolePrefix, StringComparison.Ordinal))?[NodeRolePrefix.Length..];

    // An address is told in one form, so that two spellings do not make two members.
    private static string PublicHost(string host) => IPAddress.TryParse(host, out var ip) ? ip.ToString() : host;
}
