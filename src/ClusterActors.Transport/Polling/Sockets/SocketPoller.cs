using System.Collections.Concurrent;
using System.Net.Sockets;

namespace ClusterActors.Transport.Polling.Sockets;

/// <summary>
/// The portable poller: asynchronous .NET sockets complete on pool threads, which only queue the news for the loop's thread.
/// At most one completion per direction and channel is queued.
/// </summary>
internal sealed class SocketPoller : IPoller
{
    private readonly ConcurrentQueue<SocketCompletion> _completions = new();
    private readonly AutoResetEvent _signal = new(false);

    public IChannel Register(Socket socket, IChannelHandler handler)
    {
        socket.Blocking = false;
        var channel = new SocketChannel(this, socket, handler);
        channel.AwaitReadable();
        return channel;
    }

    public void Poll(int milliseconds)
    {
        if (_completions.IsEmpty)
            _signal.WaitOne(milliseconds);

        // Only what is here now, so that a busy channel cannot keep the loop from its other work.
        for (var left = _completions.Count; left > 0 && _completions.TryDequeue(out var completion); left--)
            completion.Apply();
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

    internal void Complete(SocketCompletion completion)
    {
        _completions.Enqueue(completion);
        Wake();
    }
}
