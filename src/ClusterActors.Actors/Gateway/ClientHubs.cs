using System.Collections.Concurrent;
using ClusterActors.Transport.Connections;
using ClusterActors.Transport.Loops;

namespace ClusterActors.Actors.Gateway;

/// <summary>The open clients of all lanes: carries one message to all of them, one visit per lane.</summary>
internal sealed class ClientHubs(LoopGroup loops)
{
    private sealed class Visit(OutputBuffer frames, int lanes, Action done)
    {
        private int _left = lanes;

        public ReadOnlySpan<byte> Frames => frames.Pending;

        public void LaneDone(int count)
        {
            if (Interlocked.Add(ref _left, -count) != 0)
                return;
            frames.Dispose();
            done();
        }
    }

    private readonly ConcurrentDictionary<int, ClientHub> _hubs = new();

    /// <summary>The clients of one lane.</summary>
    public ClientHub Of(int lane) => _hubs.GetOrAdd(lane, _ => new ClientHub());

    /// <summary>Writes frames to every open client.</summary>
    /// <param name="frames">What to write; emptied.</param>
    /// <param name="done">Called, on some loop's thread, once every client's connection has it.</param>
    public void Publish(OutputBuffer frames, Action done)
    {
        var copy = new OutputBuffer();
        frames.Pending.CopyTo(copy.GetSpan(frames.Length));
        copy.Advance(frames.Length);
        frames.Dispose();

        // Counted from above: how many lanes there are is known only after they were asked.
        var visit = new Visit(copy, int.MaxValue, done);
        var asked = loops.RunOnEachLane(lane =>
        {
            Of(lane).Send(visit.Frames);
            visit.LaneDone(1);
        });
        visit.LaneDone(int.MaxValue - asked);
    }
}
