using System.Globalization;
using Akka.Actor;
using ClusterActors.Actors.Gateway;
using ClusterActors.Actors.Manager;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Authority;

/// <summary>
/// The manager's commands between the decision of whether they may leave and their link. Used by one actor alone; it never holds more than
/// the one that is being decided.
/// </summary>
internal sealed class WorkerOrders
{
    private readonly Dictionary<string, (AuthorityCommands.Order Order, IActorRef Manager)> _open = [];
    private long _last;

    /// <summary>The manager wants a command sent.</summary>
    /// <param name="order">What is to be sent.</param>
    /// <param name="manager">Who hears if it is not.</param>
    /// <param name="worker">The worker's name; null when it has not told one.</param>
    public AuthorityInput Add(AuthorityCommands.Order order, IActorRef manager, string? worker)
    {
        var token = (++_last).ToString(CultureInfo.InvariantCulture);
        _open.Add(token, (order, manager));
        return new AuthorityInput.Order(order.Kind == PeerKind.CshBBrain ? null : worker ?? "", token);
    }

    /// <summary>It may leave.</summary>
    public void Send(WorkerRequest.Command command)
    {
        if (_open.Remove(command.Token, out var open))
            open.Order.Link.Tell(new LinkCommands.Send(open.Order.Request with { Epoch = command.Epoch, From = command.From.Node, Run = command.From.Run }));
    }

    /// <summary>It may not.</summary>
    public void Refuse(AuthorityEffect.RefuseOrder refused, AuthorityGate gate)
    {
        if (!_open.Remove(refused.Order.Token, out var open))
            return;
        var reply = refused.Reason == OrderRefusal.NotHolder
            ? AuthorityReplies.NotAuthority(gate)
            : Reply.Failed(FailureCode.Unreachable, "the worker has not acknowledged this holder of management authority yet; it was not sent, try again");
        open.Manager.Tell(new ManagerEvents.CommandAnswered(open.Order.Id, reply with { Seq = open.Order.Request.Seq }));
    }
}
