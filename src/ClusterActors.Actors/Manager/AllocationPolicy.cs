namespace ClusterActors.Actors.Manager;

/// <summary>Which of the eligible workers a client is sent to (design, section 6).</summary>
/// <remarks>
/// Without a key, two workers are drawn and the less loaded one is taken: the cost does not depend on the size of the fleet,
/// and a burst of requests on the same reports does not all go to the one that was least loaded. A worker that turns out to be
/// late is taken out of the eligible ones and the draw is repeated; its next report brings it back, and pays for that.
/// </remarks>
internal static class AllocationPolicy
{
    /// <summary>
    /// The choice, or null when no worker is eligible, and the state in which workers found late are marked as such.
    /// Leases must have been expired up to <paramref name="now"/>.
    /// </summary>
    public static (ManagerState State, Choice? Choice) Choose(ManagerState state, string? key, TimeSpan now, Random random) =>
        key is null ? Draw(state, now, random) : Prefer(state, Rendezvous.Hash(key), now);

    private static (ManagerState State, Choice? Choice) Draw(ManagerState state, TimeSpan now, Random random)
    {
        while (state.Registry.Eligible is { Count: > 0 } eligible)
        {
            var first = random.Next(eligible.Count);
            var second = eligible.Count == 1 ? first : Second(eligible.Count, first, random);
            var next = Confirm(Confirm(state, eligible[first], now), eligible[second], now);
            if (next.Registry.Eligible == eligible)
            {
                var one = Find(next, eligible[first]);
                return (next, first == second
                    ? new Choice(one, null, ChoiceGround.OnlyOne)
                    : Compare(one, Find(next, eligible[second]), next.Settings, random));
            }
            state = next;
        }
        return (state, null);
    }

    /// <summary>A position other than the first, each with the same chance.</summary>
    private static int Second(int count, int first, Random random)
    {
        var second = random.Next(count - 1);
        return second < first ? second : second + 1;
    }

    private static Choice Compare(ServerEntry one, ServerEntry two, ManagerSettings settings, Random random)
    {
        var byLoad = one.Load(settings).CompareTo(two.Load(settings));
        if (byLoad != 0)
            return Take(byLoad < 0, ChoiceGround.Load);
        if (one.Report.CpuUsage is { } cpuOfOne && two.Report.CpuUsage is { } cpuOfTwo && cpuOfOne != cpuOfTwo)
            return Take(cpuOfOne < cpuOfTwo, ChoiceGround.Cpu);
        return Take(random.Next(2) == 0, ChoiceGround.Lot);

        Choice Take(bool first, ChoiceGround ground) => first ? new(one, two, ground) : new(two, one, ground);
    }

    private static (ManagerState State, Choice? Choice) Prefer(ManagerState state, ulong key, TimeSpan now)
    {
        ServerEntry? best = null;
        var highest = ulong.MinValue;
        foreach (var worker in state.Registry.Eligible.All)
        {
            var score = Rendezvous.Score(key, worker.Hash);
            if (best is not null && score <= highest)
                continue;
            state = Confirm(state, worker.Node, now);
            if (!state.Registry.Eligible.Contains(worker.Node))
                continue;
            best = Find(state, worker.Node);
            highest = score;
        }
        return (state, best is null ? null : new Choice(best, null, ChoiceGround.Key));
    }

    private static ManagerState Confirm(ManagerState state, string node, TimeSpan now) => state.Refresh(Find(state, node), now);

    private static ServerEntry Find(ManagerState state, string node) => state.Registry.Find(node)
        ?? throw new InvalidOperationException($"{node} is among the eligible workers and not in the registry");
}
