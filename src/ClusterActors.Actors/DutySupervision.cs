using Akka.Actor;

namespace ClusterActors.Actors;

/// <summary>
/// What becomes of a duty at the top of the node (<c>/user/manager</c>, <c>/user/worker</c>, ...) that fails at a message: it goes on
/// with the state it had, so that one bad message does not empty a registry or close a port. One that cannot start is stopped.
/// </summary>
public sealed class DutySupervision : SupervisorStrategyConfigurator
{
    /// <inheritdoc/>
    public override SupervisorStrategy Create() =>
        new OneForOneStrategy(failure => failure is ActorInitializationException ? Directive.Stop : Directive.Resume);
}
