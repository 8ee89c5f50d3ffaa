using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;

namespace ClusterActors.Transport.Loops;

/// <summary>Makes a lane known to an actor system as a dispatcher while the system runs.</summary>
internal sealed class LaneDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly LaneDispatcher _dispatcher;

    private LaneDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites, Lane lane)
        : base(config, prerequisites) => _dispatcher = new LaneDispatcher(this, lane);

    /// <summary>Registers <paramref name="lane"/> under its dispatcher id.</summary>
    /// <exception cref="InvalidOperationException">
    /// The id is taken: actors would run on the thread of another loop than the one that owns their sockets.
    /// </exception>
    public static void Register(ActorSystem system, Lane lane)
    {
        var config = ConfigurationFactory.ParseString($"id = {lane.DispatcherId}")
            .WithFallback(system.Settings.Config.GetConfig(Dispatchers.DefaultDispatcherId));
        var configurator = new LaneDispatcherConfigurator(config, system.Dispatchers.Prerequisites, lane);
        if (!system.Dispatchers.RegisterConfigurator(lane.DispatcherId, configurator))
            throw new InvalidOperationException($"this actor system already has a dispatcher {lane.DispatcherId}: it can have one IoActor only");
    }

    /// <inheritdoc/>
    public override MessageDispatcher Dispatcher() => _dispatcher;
}
