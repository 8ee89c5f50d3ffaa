using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;

namespace ClusterActors.Transport.Loops;

/// <summary>Makes a loop known to an actor system as a dispatcher while the system runs.</summary>
internal sealed class LoopDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly LoopDispatcher _dispatcher;

    private LoopDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites, IoLoop loop)
        : base(config, prerequisites) => _dispatcher = new LoopDispatcher(this, loop);

    /// <summary>Registers <paramref name="loop"/> under its dispatcher id.</summary>
    /// <exception cref="InvalidOperationException">
    /// The id is taken: actors would run on the thread of another loop than the one that owns their sockets.
    /// </exception>
    public static void Register(ActorSystem system, IoLoop loop)
    {
        var config = ConfigurationFactory.ParseString($"id = {loop.DispatcherId}")
            .WithFallback(system.Settings.Config.GetConfig(Dispatchers.DefaultDispatcherId));
        var configurator = new LoopDispatcherConfigurator(config, system.Dispatchers.Prerequisites, loop);
        if (!system.Dispatchers.RegisterConfigurator(loop.DispatcherId, configurator))
            throw new InvalidOperationException($"this actor system already has a dispatcher {loop.DispatcherId}: it can have one IoActor only");
    }

    /// <inheritdoc/>
    public override MessageDispatcher Dispatcher() => _dispatcher;
}
