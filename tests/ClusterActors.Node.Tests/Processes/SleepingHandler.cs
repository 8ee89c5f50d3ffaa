using ClusterActors.Actors.Worker;

namespace ClusterActors.Node.Tests.Processes;

/// <summary>Business code of a user: an assembly beside the program. Blocks for a moment and echoes.</summary>
public sealed class SleepingHandler : IBusinessHandler
{
    /// <summary>What <c>worker.handler</c> calls it.</summary>
    public static string Setting { get; } = $"worker.handler=\"{typeof(SleepingHandler).FullName}, {typeof(SleepingHandler).Assembly.GetName().Name}\"";

    public void OnMessage(IClient client, in ClientMessage message)
    {
        Thread.Sleep(1);
        client.Send(message.Kind, message.Payload);
    }
}
