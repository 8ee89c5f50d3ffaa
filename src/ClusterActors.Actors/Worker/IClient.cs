using System.Net;

namespace ClusterActors.Actors.Worker;

/// <summary>A client as business code sees it. Every member may be used on any thread.</summary>
public interface IClient
{
    /// <summary>Number of the client's connection, unique within the process.</summary>
    long Id { get; }

    /// <summary>Where the client's connection comes from.</summary>
    IPEndPoint Remote { get; }

    /// <summary>Whatever business code wants to remember with the client.</summary>
    object? State { get; set; }

    /// <summary>Sends the client a message. Messages sent by one thread arrive in their order.</summary>
    /// <returns>
    /// False when the client is gone, or so slow that <c>connection.outputLimit</c> bytes wait for it: it is closed then.
    /// </returns>
    bool Send(MessageKind kind, ReadOnlySpan<byte> payload);

    /// <summary>Closes the connection after what was sent, with close code 1000 (RFC 6455 section 7.4.1).</summary>
    /// <param name="reason">For the client, in words; up to 123 bytes of UTF-8.</param>
    void Close(string reason);

    /// <summary>
    /// Owes the client an answer that is not there when the handler returns. Neither the worker thread nor anybody else waits for
    /// it, but the client is not read on until all that is owed is <see cref="IDeferral.Done"/>; then
    /// <see cref="IBusinessHandler.OnSettled"/> is called, and what was sent to the client since its last read goes out.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// Not within a call of <see cref="IBusinessHandler.OnMessage"/> for this client on a worker thread.
    /// </exception>
    IDeferral Defer();

    /// <summary>
    /// Has the message that is being handled come once more, with those behind it, when everything owed is done. The handler is to
    /// have done nothing for it.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// Nothing is owed, or not within a call of <see cref="IBusinessHandler.OnMessage"/> for this client on a worker thread.
    /// </exception>
    void Postpone();
}
