using System.Collections.Concurrent;
using System.Net.Sockets;

namespace ClusterActors.Transport.Polling.Sockets;

/// <summary>
/// The portable poller: asynchronous .NET sockets complete on pool threads, which only note the result and queue the channel for
/// the loop's thread. At most one completion per direction and channel is noted.
/// </summary>
internal sealed class SocketPoller : IPoller
{
    private readonly ConcurrentQueue<SocketChannel> _completed = new();
    private readonly AutoResetEvent _signal = new(false);

    public IChannel Register(Socket socket, IChannelHandler handler)
    {
        socket.Blocking = false;
        var channel = new SocketChannel(this, socket, handler);
        channel.AwaitReadable();
        return channel;
    }

    public void Detach(IChannel channel) => ((SocketChannel)channel).Poller = null;

    public void Attach(IChannel channel)
    {
        var detached = (SocketChannel)channel;
        if (detached.Poller is not null)
            return;

        // An operation that completes from here on finds this poller; one that did before is found by this poller.
        detached.Poller = this;
        Interlocked.MemoryBarrier();
        Complete(detached);
    }

    public void Wait(int milliseconds)
    {
        if (_completed.IsEmpty)
            _signal.WaitOne(milliseconds);
    }

    public void Dispatch()
    {
        // Only what is here now, so that a busy channel cannot keep the loop from its other work.
        for (var left = _completed.Count; left > 0 && _completed.TryDequeue(out var channel); left--)
        {
            // One that has been detached in the meantime is looked at by the poller that it is attached to.
            if (channel.Poller == this)
                channel.Apply();
        }
    }

    public void Wake()
    {
        try
        {
            _signal.Set();
        }
        catch (ObjectDisposedException)
        {
            // Nobody waits any more: the loop has ended while an operation of a closed socket was still on its way here.
        }
    }

    public void Dispose() => _signal.Dispose();

    internal void Complete(SocketChannel channel)
    {
        _completed.Enqueue(channel);
        Wake();
    }
}
