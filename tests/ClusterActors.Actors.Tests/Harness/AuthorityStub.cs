using Akka.Actor;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Gateway;

namespace ClusterActors.Actors.Tests.Harness;

/// <summary>The authority of a node that always may command: every order goes to its link.</summary>
internal sealed class AuthorityStub : UntypedActor
{
    public static Props Props() => Akka.Actor.Props.Create(() => new AuthorityStub());

    protected override void OnReceive(object message)
    {
        if (message is AuthorityCommands.Order order)
            order.Link.Forward(new LinkCommands.Send(order.Request with { Epoch = Gates.Epoch }));
    }
}
