using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Akka.Actor;
using ClusterActors.Transport.Polling;

namespace ClusterActors.Transport.Connections;

/// <summary>
/// The receiving half of a connection: one receive at a time, all of it to the actor, and nothing more while the actor has not
/// taken it, has paused reading, or the far end does not read its output.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The buffer is given back when the connection ends, in Release.")]
internal sealed class ConnectionReader(Connection connection)
{
    /// <summary>Up to here a held part is copied in front of the next bytes, so that those can come in one large receive.</summary>
    private const int CopyAhead = 16 * 1024;

    private readonly InputBuffer _held = new();
    private IChannel? _channel;
    private bool _readable;
    private bool _ending;
    private bool _paused;
    private bool _pausedInDelivery;
    private bool _choked;
    private bool _delivering;
    private bool _redeliver;
    private bool _discarding;
    private bool _ended;
    private bool _queued;
    private int _needed;

    /// <summary>Whether the far end is listened to at this time.</summary>
    public bool IsListening => !_paused && !_choked && !_delivering;

    /// <summary>Whether the actor wants nothing now; bytes on their way to it come back untaken.</summary>
    public bool IsPaused => _paused;

    /// <summary>Whether nothing is taken from the far end any more.</summary>
    public bool IsDiscarding => _discarding;

    public void Start(IChannel channel) => _channel = channel;

    public void OnReadable(bool ending)
    {
        _readable = true;
        _ending |= ending;
        Read();
    }

    public void Pause()
    {
        _paused = true;
        _pausedInDelivery |= _delivering;
    }

    /// <returns>Whether it was paused.</returns>
    public bool Resume()
    {
        if (!_paused)
            return false;
        _paused = false;
        Queue();
        return true;
    }

    public void Choke() => _choked = true;

    /// <returns>Whether it was choked.</returns>
    public bool Unchoke()
    {
        if (!_choked)
            return false;
        _choked = false;
        Queue();
        return true;
    }

    /// <summary>What the loop has queued is out of date, for it is another one now.</summary>
    public void QueueAgain()
    {
        _queued = false;
        Queue();
    }

    /// <summary>Throws away what is held and whatever still arrives.</summary>
    public void Discard()
    {
        _discarding = true;
        _paused = _choked = _redeliver = false;
        ReleaseHeld();
        Queue();
    }

    /// <summary>Reads once, if it may; the loop calls it again when more is at hand, so that one connection cannot hold up the others.</summary>
    public void Read()
    {
        _queued = false;
        if (_ended)
            return;
        if (_discarding)
            ReceiveAndForget();
        else if (!IsListening)
            return;
        else if (_redeliver)
            Redeliver();
        else if (_readable)
            ReceiveOnce();
    }

    /// <summary>The actor has taken bytes: keeps the rest.</summary>
    public void Delivered(Received received, int consumed, int needed)
    {
        _delivering = false;
        _needed = needed;
        if (_discarding || _ended)
        {
            _held.Dispose();
        }
        else
        {
            _held.Keep(received.Bytes[consumed..]);
            _redeliver = _pausedInDelivery && _held.Length > 0;
        }

        received.Release();
        Queue();
    }

    /// <summary>The connection is over.</summary>
    public void Release()
    {
        _ended = true;
        ReleaseHeld();
    }

    private void Redeliver()
    {
        _redeliver = false;
        Deliver(_held.Array, _held.Length);
    }

    private void ReceiveOnce()
    {
        var ahead = _held.Length <= CopyAhead;
        if (ahead)
            _held.Bytes.CopyTo(connection.Loop.ReadBuffer);
        var target = ahead ? connection.Loop.ReadBuffer.AsSpan(_held.Length) : _held.Room(_needed);
        var count = Receive(target);
        if (count == 0)
            return;

        var length = _held.Length + count;
        if (!ahead)
            _held.Appended(count);
        Deliver(ahead ? connection.Loop.ReadBuffer : _held.Array, length);
    }

    private void ReceiveAndForget()
    {
        if (_readable && Receive(connection.Loop.ReadBuffer) > 0)
            Queue();
    }

    /// <returns>Bytes received; 0 when there are none now or never again.</returns>
    private int Receive(Span<byte> target)
    {
        var result = _channel!.Receive(target);
        if (result.Error == SocketError.WouldBlock)
            Drained();
        else if (result.Error != SocketError.Success)
            connection.Broken(result.Error);
        else if (result.Count == 0)
            EndOfStream();
        else if (result.Count < target.Length && !_ending)
            Drained();
        return result.Count;
    }

    private void Drained()
    {
        _readable = false;
        _channel!.AwaitReadable();
    }

    private void EndOfStream()
    {
        var inside = _held.Length > 0;
        _readable = false;
        Release();
        connection.EndOfStream(inside);
    }

    private void Deliver(byte[] buffer, int length)
    {
        _delivering = true;
        _pausedInDelivery = false;
        connection.Heard();
        var received = connection.Loop.TakeReceived();
        received.Fill(connection, buffer, length);
        connection.Actor.Tell(received, ActorRefs.NoSender);
        if (received.Handled)
        {
            received.Release();
            connection.Loop.GiveBack(received);
        }
        else if (_ended)
        {
            // It waits in the mailbox of an actor that has stopped or will: nobody is to find the buffer in it.
            received.Release();
        }
        else
        {
            // The actor was already scheduled by somebody else's message and runs in a moment.
            received.Detach();
        }
    }

    private void Queue()
    {
        if (_queued || _ended || !IsListening || !(_readable || _redeliver))
            return;
        _queued = true;
        connection.Loop.QueueRead(connection);
    }

    private void ReleaseHeld()
    {
        // The actor may be reading from it at this moment; then it is given back when the actor returns.
        if (!_delivering)
            _held.Dispose();
    }
}
