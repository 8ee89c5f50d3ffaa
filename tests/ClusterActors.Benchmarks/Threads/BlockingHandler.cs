using ClusterActors.Actors.Worker;

namespace ClusterActors.Benchmarks.Threads;

/// <summary>
/// Business code that waits, as for a database: 5 ms a message, then an echo. A worker loads it as a user's, from an assembly
/// beside the program.
/// </summary>
public sealed class BlockingHandler : IBusinessHandler
{
    private const int Milliseconds = 5;

    public void OnMessage(IClient client, in ClientMessage message)
    {
        Thread.Sleep(Milliseconds);
        client.Send(message.Kind, message.Payload);
    }
}
