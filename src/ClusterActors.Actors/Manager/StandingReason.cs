using System.Globalization;

namespace ClusterActors.Actors.Manager;

/// <summary>Says in words why a server is what it is, for the log and for explanations.</summary>
internal static class StandingReason
{
    /// <summary>The reason at <paramref name="now"/>, with the numbers that decided.</summary>
    public static string Of(ServerEntry server, ManagerSettings settings, TimeSpan now) =>
        server.Judge(settings, now) switch
        {
            Standing.Eligible => "reports on time and has room",
            Standing.Full => string.Create(CultureInfo.InvariantCulture, $"full ({server.Taken} of {server.Capacity(settings)})"),
            Standing.NoPort => "no business port is open",
            Standing.ManagerOnly => "a manager only: takes no clients",
            Standing.Draining => "draining: takes no new clients",
            Standing.Late => $"late: last report {Seconds(server.Silence(now))} ago",
            Standing.Unreachable when server.Presence == Presence.Linked =>
                $"unreachable for {Seconds(now - server.Membership.Since)}: the other members of the Akka.Cluster do not hear from it",
            Standing.Unreachable => $"unreachable for {Seconds(now - server.AwaySince)}: {server.AwayReason}",
            _ => $"gone, link closed {Seconds(now - server.AwaySince)} ago: {server.AwayReason}",
        };

    private static string Seconds(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
}
