using System.Collections.Concurrent;

namespace ClusterActors.Node.Tests.Processes.Authority;

/// <summary>
/// Everything by which managers showed that they held authority, from any number of clients. Answers of two managers may cross on the
/// wire, so two are compared only where one was asked for after the other had arrived.
/// </summary>
public sealed class Chronicle
{
    private readonly ConcurrentQueue<Sighting> _sightings = new();

    public int Count => _sightings.Count;

    public long NewestEpoch => _sightings.IsEmpty ? 0 : _sightings.Max(sighting => sighting.Epoch);

    public void Add(Sighting sighting) => _sightings.Enqueue(sighting);

    /// <summary>Whether somebody acted who was asked after a moment, at a later epoch than that.</summary>
    public bool HasSince(long moment, long epoch, string what) =>
        _sightings.Any(sighting => sighting.Asked > moment && sighting.Epoch > epoch && sighting.What == what);

    /// <summary>
    /// One holder per epoch, and nobody at an older epoch after its successor. Two who hold authority at the same time break it too: the older one
    /// is seen before and after the newer one.
    /// </summary>
    public void AssertNeverGoesBack()
    {
        var all = _sightings.ToArray();
        foreach (var epoch in all.GroupBy(sighting => sighting.Epoch))
            Assert.True(epoch.DistinctBy(sighting => sighting.Manager).Count() == 1, $"epoch {epoch.Key} has two holders: {string.Join(" and ", epoch.DistinctBy(sighting => sighting.Manager))}");

        var answered = new Queue<Sighting>(all.OrderBy(sighting => sighting.Answered));
        Sighting? newest = null;
        foreach (var sighting in all.OrderBy(sighting => sighting.Asked))
        {
            while (answered.TryPeek(out var earlier) && earlier.Answered < sighting.Asked)
            {
                answered.Dequeue();
                newest = newest is null || earlier.Epoch > newest.Epoch ? earlier : newest;
            }

            Assert.True(newest is null || sighting.Epoch >= newest.Epoch, $"{sighting} came after {newest}");
        }
    }
}
