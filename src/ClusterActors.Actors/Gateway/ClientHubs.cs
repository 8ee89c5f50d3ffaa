using System.Collections.Concurrent;
using ClusterActors.Transport.Connections;
using ClusterActors.Transport.Loops;

namespace ClusterActors.Actors.Gateway;

/// <summary>The open clients of all loops: carries one message to all of them, one visit per loop.</summary>
internal sealed class ClientHubs(LoopGroup loops)
{
    private sealed class Visit(OutputBuffer frames, int loops, Action done)
    {
        private int _left = loops;

        public ReadOnlySpan<byte> Frames => frames.Pending;

        public void LoopDone(int count)
        {
            if (Interlocked.Add(ref _left, -count) != 0)
                return;
            frames.Dispose();
            done();
        }
    }

    private readonly ConcurrentDictionary<int, ClientHub> _hubs = new();

    /// <summary>The clients of one loop.</summary>
    public ClientHub Of(int loop) => _hubs.GetOrAdd(loop, _ => new ClientHub());

    /// <summary>Writes frames to every open client.</summary>
    /// <param name="frames">What to write; emptied.</param>
    /// <param name="done">Called, on some loop's thread, once every client's connection has it.</param>
    public void Publish(OutputBuffer frames, Action done)
    {
        var copy = new OutputBuffer();
        frames.Pending.CopyTo(copy.GetSpan(frames.Length));
        copy.Advance(frames.Length);
        frames.Dispose();

        // Counted from above: how many loops there are is known only after they were asked.
        var visit = new Visit(copy, int.MaxValue, done);
        var asked = loops.RunOnEach(loop =>
        {
            Of(loop).Send(visit.Frames);
            visit.LoopDone(1);
        });
        visit.LoopDone(int.MaxValue - asked);
    }
}
