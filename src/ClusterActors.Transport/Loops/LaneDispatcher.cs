using Akka.Dispatch;

namespace ClusterActors.Transport.Loops;

/// <summary>Runs its actors on the thread of the loop that their lane is on, the one that also owns their sockets.</summary>
internal sealed class LaneDispatcher(MessageDispatcherConfigurator configurator, Lane lane) : MessageDispatcher(configurator)
{
    /// <inheritdoc/>
    protected override void ExecuteTask(IRunnable run) => lane.Execute(run);

    /// <inheritdoc/>
    protected override void Shutdown()
    {
        // Lanes and loops outlive their actors for a moment; whoever owns them ends them.
    }
}
