using System.Collections.Immutable;
using System.Globalization;
using ClusterActors.Protocol.Messages;
using static ClusterActors.Actors.Manager.ManagerQueries;

namespace ClusterActors.Actors.Manager;

/// <summary>Answers a request for a worker with a lease or a refusal (design, section 6).</summary>
/// <remarks>
/// A lease counts against its worker from the moment it is given until a report lists it as claimed, by when the client is in
/// that report's count, or until it expires. A CshBBrain server never lists any: there a client counts twice until
/// the lease expires, which errs toward too few.
/// </remarks>
internal static class Allocation
{
    /// <summary>The longest key that is taken, in UTF-16 code units.</summary>
    public const int MaxKeyLength = 256;

    private static readonly ImmutableArray<Standing> ReasonsAgainst =
    [
        Standing.Full, Standing.Draining, Standing.Late, Standing.Unreachable, Standing.NoPort,
    ];

    /// <summary>Decides one request. The work does not grow with the fleet unless a key or an explanation is asked for.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="now">On the manager's clock.</param>
    /// <param name="random">Draws workers.</param>
    /// <param name="newToken">Makes the token of a lease; called once if one is granted.</param>
    public static AllocationDecision Decide(
        ManagerState state, Allocate request, TimeSpan now, Random random, Func<string> newToken)
    {
        var key = string.IsNullOrEmpty(request.Key) ? null : request.Key;
        if (key?.Length > MaxKeyLength)
            return new(state, new AllocationRefused("bad-request", $"a key has at most {MaxKeyLength} characters", []), null);

        var (next, choice) = AllocationPolicy.Choose(state.ExpireLeases(now), key, now, random);
        ImmutableArray<AllocationCandidate> explain =
            request.Explain ? AllocationExplanation.Of(next, key, choice, now) : [];
        if (choice is not { Chosen: var worker })
            return new(next, new AllocationRefused("no-capacity", WhyNone(next.Registry), explain), null);

        var token = newToken();
        var granted = new AllocationGranted(
            worker.Node, worker.Server.Ip, worker.NextPort, token, next.Settings.LeaseTime, explain);
        return new(next.Hold(worker, token, now), granted, choice);
    }

    /// <summary>Counts instead of looking: the registry keeps how many servers are of each standing.</summary>
    private static string WhyNone(ServerRegistry registry)
    {
        var reasons = ReasonsAgainst.Where(standing => registry.CountOf(standing) > 0).ToArray();
        if (reasons.Length == 0)
            return "no worker can take a client: 0 workers are known to this manager";
        var workers = reasons.Sum(registry.CountOf);
        var parts = string.Join(", ", reasons.Select(standing =>
            string.Create(CultureInfo.InvariantCulture, $"{registry.CountOf(standing)} {standing.ToWords()}")));
        return string.Create(CultureInfo.InvariantCulture,
            $"no worker can take a client: {workers} {(workers == 1 ? "worker is" : "workers are")} known, of which {parts}");
    }
}
