using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using ClusterActors.Transport.Polling;

namespace ClusterActors.Transport.Connections;

/// <summary>The sending half of a connection: sends what waits, and watches how much does.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The buffer is given back when the connection ends, in Forget.")]
internal sealed class ConnectionWriter(Connection connection, ConnectionSettings settings)
{
    private readonly OutputBuffer _waiting = new();
    private IChannel? _channel;
    private bool _queued;
    private bool _overflowing;

    public OutputBuffer Buffer => _waiting;

    public int Length => _waiting.Length;

    /// <summary>Whether so little waits that the far end may be read again.</summary>
    public bool IsBelowLowWater => Length <= settings.OutputHighWater / 2;

    public void Start(IChannel channel) => _channel = channel;

    public void Queue()
    {
        // One message may be larger than the limit, such as a view of a large fleet; writing on behind so much may not.
        _overflowing |= Length > settings.OutputLimit;
        if (_queued)
            return;
        _queued = true;
        connection.Loop.QueueFlush(connection);
    }

    /// <summary>What the loop has queued is out of date, for it is another one now.</summary>
    public void QueueAgain()
    {
        if (_queued)
            connection.Loop.QueueFlush(connection);
    }

    public void OnWritable(int sent)
    {
        if (sent > 0)
        {
            _waiting.Consume(sent);
            connection.Progressed();
        }

        Flush();
    }

    /// <summary>Sends what the system takes now.</summary>
    public void Flush()
    {
        _queued = false;
        if (_channel is null)
            return;
        while (Length > 0)
        {
            var result = _channel.Send(_waiting.Pending);
            if (result.Error == SocketError.WouldBlock)
            {
                Stuck();
                return;
            }

            if (result.Error != SocketError.Success)
            {
                connection.Broken(result.Error);
                return;
            }

            _waiting.Consume(result.Count);
            connection.Progressed();
        }

        connection.Flushed();
    }

    /// <summary>Drops what waits and stays without effect.</summary>
    public void Forget()
    {
        _channel = null;
        _waiting.Dispose();
    }

    private void Stuck()
    {
        if (_overflowing && Length > settings.OutputLimit)
        {
            connection.TooSlow(SocketError.NoBufferSpaceAvailable);
            return;
        }

        _overflowing = false;
        _channel!.AwaitWritable(_waiting.Pending);
        connection.Stuck(Length > settings.OutputHighWater);
    }
}
