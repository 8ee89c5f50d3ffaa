using System.Net.Sockets;

namespace ClusterActors.Transport.Polling;

/// <summary>
/// Waits for the sockets of one reader-writer loop. All members but <see cref="Wake"/> are called on the loop's thread.
/// Implementations differ in how they wait; the tests run every one through the same <c>TransportContract</c>.
/// </summary>
public interface IPoller : IDisposable
{
    /// <summary>Takes over a connected socket and begins to watch it for reading.</summary>
    IChannel Register(Socket socket, IChannelHandler handler);

    /// <summary>
    /// Stops watching a channel that another poller is going to watch. Its handler is not called until then; the channel can be
    /// used as before, on the thread of either loop.
    /// </summary>
    void Detach(IChannel channel);

    /// <summary>Watches a channel that was detached from another poller. What happened to it in between is told.</summary>
    void Attach(IChannel channel);

    /// <summary>Waits for the first channel that is ready, for <see cref="Wake"/>, or for the time limit.</summary>
    /// <param name="milliseconds">How long to wait at most; 0 does not wait.</param>
    void Wait(int milliseconds);

    /// <summary>Calls the handlers of every channel that was ready at the end of <see cref="Wait"/>.</summary>
    void Dispatch();

    /// <summary>Ends the present or the next wait of <see cref="Wait"/> early. May be called on any thread, also after the poller is disposed.</summary>
    void Wake();
}
