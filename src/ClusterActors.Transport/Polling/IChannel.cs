namespace ClusterActors.Transport.Polling;

/// <summary>
/// A connected, non-blocking socket that belongs to one <see cref="IPoller"/>. Every member is called on the thread of the
/// loop that owns the poller.
/// </summary>
public interface IChannel
{
    /// <summary>Moves what has arrived into <paramref name="buffer"/>; never waits.</summary>
    IoResult Receive(Span<byte> buffer);

    /// <summary>Moves as much of <paramref name="bytes"/> as the system takes now; never waits.</summary>
    IoResult Send(ReadOnlySpan<byte> bytes);

    /// <summary>
    /// Asks for <see cref="IChannelHandler.OnReadable"/> once bytes have arrived that a receive has not yet seen.
    /// Called after a receive that took everything.
    /// </summary>
    void AwaitReadable();

    /// <summary>
    /// Asks for <see cref="IChannelHandler.OnWritable"/>. Called after a send that could not move everything.
    /// </summary>
    /// <param name="pending">
    /// The bytes that wait. A completion-based channel copies and sends a first part of them itself and reports how many went out.
    /// </param>
    void AwaitWritable(ReadOnlySpan<byte> pending);

    /// <summary>Tells the far end that nothing more will be sent (FIN); receiving goes on.</summary>
    void ShutdownSend();

    /// <summary>Closes the socket; no handler is called any more.</summary>
    /// <param name="reset">Whether the far end is to see a reset and unsent bytes are to be dropped.</param>
    void Close(bool reset);
}
