using System.Collections.Immutable;
using System.Globalization;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Manager;

/// <summary>Says of a choice, and of each server, why it went as it did.</summary>
internal static class AllocationExplanation
{
    /// <summary>One candidate per server, ordered by node id, judged at <paramref name="now"/> and before the allocation.</summary>
    /// <param name="state">The state in which the choice was made.</param>
    /// <param name="key">The key of the request, if it had one.</param>
    /// <param name="choice">The choice, null when there was none.</param>
    /// <param name="now">When it was made.</param>
    public static ImmutableArray<AllocationCandidate> Of(ManagerState state, string? key, Choice? choice, TimeSpan now) =>
    [
        .. state.Registry.Servers
            .OrderBy(server => server.Node, StringComparer.Ordinal)
            .Select(server => Candidate(server, state, key, choice, now)),
    ];

    /// <summary>Why the chosen worker was chosen.</summary>
    public static string Why(Choice choice, ManagerSettings settings) => choice switch
    {
        { Ground: ChoiceGround.OnlyOne } => "chosen: the only one with room",
        { Ground: ChoiceGround.Key } => "chosen: first with room in the order of this key",
        { Ground: ChoiceGround.Load, Other: { } other } => Invariant(
            $"chosen: lowest load of two picked ({choice.Chosen.Load(settings):0.00##} against {other.Load(settings):0.00##})"),
        { Ground: ChoiceGround.Cpu, Other: { } other } => Invariant(
            $"chosen: lowest CPU of two picked with equal load ({choice.Chosen.Report.CpuUsage:0.##} % against {other.Report.CpuUsage:0.##} %)"),
        _ => "chosen: by lot of two picked with equal load and CPU",
    };

    private static AllocationCandidate Candidate(
        ServerEntry server, ManagerState state, string? key, Choice? choice, TimeSpan now)
    {
        var standing = server.Judge(state.Settings, now);
        var chosen = server.Node == choice?.Chosen.Node;
        return new(
            server.Node,
            standing.ToState(),
            server.Load(state.Settings),
            server.Report.CpuUsage,
            server.Leases.Count,
            chosen,
            choice is not null && standing == Standing.Eligible
                ? WhyEligible(server, state, key, choice, now)
                : StandingReason.Of(server, state.Settings, now));
    }

    private static string WhyEligible(ServerEntry server, ManagerState state, string? key, Choice choice, TimeSpan now)
    {
        var settings = state.Settings;
        if (server.Node == choice.Chosen.Node)
            return key is null ? Why(choice, settings) : WhyKey(server, state, key, now);
        if (key is not null)
            return "further down in the order of this key";
        if (server.Node != choice.Other?.Node)
            return "not picked by the draw";
        return choice.Ground switch
        {
            ChoiceGround.Load => Invariant(
                $"picked, but its load is higher ({server.Load(settings):0.00##} against {choice.Chosen.Load(settings):0.00##})"),
            ChoiceGround.Cpu => Invariant(
                $"picked, but its CPU is higher ({server.Report.CpuUsage:0.##} % against {choice.Chosen.Report.CpuUsage:0.##} %)"),
            _ => "picked, but lost the lot",
        };
    }

    /// <summary>A key moves on while the workers before are up but full: say so, it looks like a lost stickiness otherwise.</summary>
    private static string WhyKey(ServerEntry chosen, ManagerState state, string key, TimeSpan now)
    {
        var hash = Rendezvous.Hash(key);
        var score = Rendezvous.Score(hash, chosen.Hash);
        var before = state.Registry.Servers.Count(server =>
            server.Judge(state.Settings, now) == Standing.Full && Rendezvous.Score(hash, server.Hash) > score);
        return before == 0
            ? "chosen: first in the order of this key"
            : Invariant($"chosen: next in the order of this key, {before} before it full");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
