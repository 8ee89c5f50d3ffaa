using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Manager;

/// <summary>What a <see cref="Standing"/> is on the wire and in words.</summary>
internal static class StandingExtensions
{
    /// <summary>The state that views show (PROTOCOL.md section 4, action 9).</summary>
    public static ServerState ToState(this Standing standing) => standing switch
    {
        Standing.Gone => ServerState.Gone,
        Standing.Unreachable => ServerState.Unreachable,
        Standing.Late => ServerState.Late,
        Standing.Draining => ServerState.Draining,
        _ => ServerState.Up,
    };

    /// <summary>Completes "two of them are ...".</summary>
    public static string ToWords(this Standing standing) => standing switch
    {
        Standing.Eligible => "free",
        Standing.Full => "full",
        Standing.NoPort => "without an open port",
        Standing.ManagerOnly => "managers only",
        Standing.Draining => "draining",
        Standing.Late => "late",
        Standing.Unreachable => "unreachable",
        Standing.Gone => "gone",
        _ => throw new ArgumentOutOfRangeException(nameof(standing), standing, "not a standing"),
    };
}
