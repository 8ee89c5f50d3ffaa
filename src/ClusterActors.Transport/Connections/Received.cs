using System.Buffers;
using Akka.Actor;
using Akka.Event;

namespace ClusterActors.Transport.Connections;

/// <summary>
/// Bytes that have arrived, handed to a connection's actor in place: on the loop's thread the actor runs before the loop goes
/// on, so the bytes need no copy. Only when the actor was already scheduled does the loop copy them and let go.
/// </summary>
internal sealed class Received : INoSerializationVerificationNeeded, IDeadLetterSuppression
{
    private byte[] _buffer = [];
    private int _length;
    private bool _rented;

    public Connection? Connection { get; private set; }

    public bool Handled { get; set; }

    public Span<byte> Bytes => _buffer.AsSpan(0, _length);

    public void Fill(Connection connection, byte[] buffer, int length)
    {
        Connection = connection;
        _buffer = buffer;
        _length = length;
        Handled = false;
    }

    /// <summary>Makes the bytes independent of the buffer they arrived in.</summary>
    public void Detach()
    {
        var copy = ArrayPool<byte>.Shared.Rent(_length);
        Bytes.CopyTo(copy);
        _buffer = copy;
        _rented = true;
    }

    public void Release()
    {
        if (_rented)
            ArrayPool<byte>.Shared.Return(_buffer);
        _rented = false;
        _buffer = [];
        _length = 0;
        Connection = null;
    }
}
