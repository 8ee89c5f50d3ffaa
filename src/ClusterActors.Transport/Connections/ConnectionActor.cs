using Akka.Actor;

namespace ClusterActors.Transport.Connections;

/// <summary>
/// The actor of one connection. It runs on the loop that owns the socket, so it may use <see cref="Connection"/> directly, and
/// ends with it: when the connection is over the actor stops, and when the actor stops or fails the connection is closed.
/// </summary>
public abstract class ConnectionActor(Connection connection) : UntypedActor
{
    /// <summary>The connection this actor serves.</summary>
    protected Connection Connection { get; } = connection;

    /// <inheritdoc/>
    protected override void PreStart() => Connection.Open();

    /// <inheritdoc/>
    protected override void PostStop() => Connection.Abort();

    /// <inheritdoc/>
    protected sealed override void OnReceive(object message)
    {
        switch (message)
        {
            case Received received:
                Take(received);
                break;
            case ConnectionEvents.Disconnected disconnected:
                OnDisconnected(disconnected);
                Context.Stop(Self);
                break;
            case ConnectionEvents.DeadlinePassed:
                OnDeadline();
                break;
            case ConnectionEvents.WentIdle:
                OnIdle();
                break;
            default:
                OnMessage(message);
                break;
        }
    }

    /// <summary>Takes bytes that have arrived, together with what was left of earlier ones.</summary>
    /// <param name="bytes">May be changed in place; valid only during the call.</param>
    /// <param name="needed">Bytes the first unfinished frame needs in all, 0 when that is not known.</param>
    /// <returns>How many bytes were consumed; the rest comes again in front of the next ones.</returns>
    protected abstract int OnBytes(Span<byte> bytes, out int needed);

    /// <summary>The connection is over. The actor stops after this.</summary>
    protected virtual void OnDisconnected(ConnectionEvents.Disconnected disconnected)
    {
    }

    /// <summary>The deadline set with <see cref="Connection.SetDeadline"/> has passed.</summary>
    protected virtual void OnDeadline()
    {
    }

    /// <summary>Nothing has arrived for the time set with <see cref="Connection.SetIdleLimit"/>.</summary>
    protected virtual void OnIdle()
    {
    }

    /// <summary>Any other message.</summary>
    protected virtual void OnMessage(object message) => Unhandled(message);

    private void Take(Received received)
    {
        // The connection has ended in the meantime and has taken its buffer back.
        if (received.Connection != Connection)
            return;
        received.Handled = true;
        var needed = 0;
        var consumed = received.Bytes.Length;
        if (Connection.IsPaused)
            consumed = 0;
        else if (!Connection.DiscardsInput)
            consumed = OnBytes(received.Bytes, out needed);
        Connection.Delivered(received, consumed, needed);
    }
}
