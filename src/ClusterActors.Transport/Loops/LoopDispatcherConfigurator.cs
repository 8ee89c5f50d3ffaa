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
    public static void Register(ActorSystem system, IoLoop loop)
    {
        var config = ConfigurationFactory.ParseString($"id = {loop.DispatcherId}")
            .WithFallback(system.Settings.Config.GetConfig(Dispatchers.DefaultDispatcherId));
        var configurator = new LoopDispatcherConfigurator(config, system.Dispatchers.Prerequisites, loop);
        system.Dispatchers.RegisterConfigurator(loop.DispatcherId, configurator);
    }

    /// <inheritdoc/>
    public override MessageDispatcher Dispatcher() => _dispatcher;
}
