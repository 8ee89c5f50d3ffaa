using ClusterActors.Protocol.Data;

namespace ClusterActors.Node.Tests.Processes.Data;

/// <summary>Finds what a store has lost, doubled, invented or shown too early, by what its clients were answered.</summary>
public static class HistoryCheck
{
    /// <summary>Looks at a whole history.</summary>
    /// <returns>What is wrong, in words.</returns>
    public static IReadOnlyList<string> Run(IReadOnlyCollection<Deed> deeds)
    {
        ArgumentNullException.ThrowIfNull(deeds);
        var faults = new List<string>();
        foreach (var key in deeds.GroupBy(deed => deed.Key))
            new KeyCheck(key, faults).Run();
        LookAtVersions(deeds, faults);
        return faults;
    }

    /// <summary>Versions are counted over all keys: none comes twice, and a write that was sent later has a later one.</summary>
    private static void LookAtVersions(IReadOnlyCollection<Deed> deeds, List<string> faults)
    {
        var writes = deeds.Where(deed => deed.IsWrite && deed.End == DeedEnd.Done).ToArray();
        foreach (var twice in writes.GroupBy(write => write.Version).Where(same => same.Count() > 1))
            faults.Add($"one version of two writes: {string.Join("; ", twice)}");

        var answered = new Queue<Deed>(writes.OrderBy(write => write.Answered));
        var newest = default(Floor);
        foreach (var write in writes.OrderBy(write => write.Sent))
        {
            while (answered.TryPeek(out var earlier) && earlier.Answered < write.Sent)
            {
                var version = Floor.At(answered.Dequeue().Version!.Value);
                newest = version > newest ? version : newest;
            }

            if (Floor.At(write.Version!.Value) < newest)
                faults.Add($"versions do not grow, {newest.Version} was acknowledged before: {write}");
        }
    }
}
