using Akka.Dispatch;

namespace ClusterActors.Transport.Loops;

/// <summary>Runs its actors on the thread of a reader-writer loop, the one that also owns their sockets.</summary>
internal sealed class LoopDispatcher(MessageDispatcherConfigurator configurator, IoLoop loop) : MessageDispatcher(configurator)
{
    /// <inheritdoc/>
    protected override void ExecuteTask(IRunnable run) => loop.Execute(run);

    /// <inheritdoc/>
    protected override void Shutdown()
    {
        // The loop outlives its actors for a moment; whoever owns it stops it.
    }
}
