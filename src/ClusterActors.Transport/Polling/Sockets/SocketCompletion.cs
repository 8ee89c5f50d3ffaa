namespace ClusterActors.Transport.Polling.Sockets;

/// <summary>An asynchronous operation of a channel that has ended, on its way to the loop's thread.</summary>
/// <param name="Channel">Whose operation it was.</param>
/// <param name="Sent">Bytes sent; negative for a receive.</param>
/// <param name="Failed">Whether the operation ended with an error; the next receive or send on the loop's thread tells which.</param>
internal readonly record struct SocketCompletion(SocketChannel Channel, int Sent, bool Failed)
{
    public const int WasReceive = -1;

    public void Apply() => Channel.OnCompleted(this);
}
