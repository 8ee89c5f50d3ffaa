using System.Globalization;
using Akka.Actor;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Actors.Gateway;
using ClusterActors.Actors.Manager;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Authority;

/// <summary>
/// The manager's commands between the decision of whether they may leave and their link. One for a worker that this holder has only just
/// met waits a moment for its acknowledgement. Used by one actor alone; the manager sends a worker one command at a time.
/// </summary>
internal sealed class WorkerOrders
{
    // An acknowledgement takes one round trip and one write to the worker's disk; the manager gives a command 5 s by default.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Dictionary<string, Open> _open = [];
    private readonly List<AuthorityInput.Order> _waiting = [];
    private long _last;

    /// <summary>The manager wants a command sent.</summary>
    /// <param name="order">What is to be sent.</param>
    /// <param name="manager">Who hears if it is not.</param>
    /// <param name="worker">The worker's name; null when it has not told one.</param>
    /// <param name="now">When.</param>
    public AuthorityInput Add(AuthorityCommands.Order order, IActorRef manager, string? worker, TimeSpan now)
    {
        var token = (++_last).ToString(CultureInfo.InvariantCulture);
        _open.Add(token, new Open(order, manager, now + Patience));
        return Question(order, worker, token);
    }

    /// <summary>What waited and is to be decided again; asked for whenever an acknowledgement may have come, and when time passes.</summary>
    /// <param name="nameOf">The name of the worker at the far end of a link; null when it has not told one.</param>
    public IReadOnlyList<AuthorityInput> Again(Func<IActorRef, string?> nameOf)
    {
        if (_waiting.Count == 0)
            return [];
        AuthorityInput[] again = [.. _waiting.Select(order => Question(_open[order.Token].Order, nameOf(_open[order.Token].Order.Link), order.Token))];
        _waiting.Clear();
        return again;
    }

    /// <summary>It may leave.</summary>
    public void Send(WorkerRequest.Command command)
    {
        if (_open.Remove(command.Token, out var open))
            open.Order.Link.Tell(new LinkCommands.Send(open.Order.Request with { Epoch = command.Epoch, From = command.From.Node, Run = command.From.Run }));
    }

    /// <summary>It may not, or not yet.</summary>
    public void Refuse(AuthorityEffect.RefuseOrder refused, AuthorityGate gate)
    {
        if (!_open.TryGetValue(refused.Order.Token, out var open))
            return;
        if (refused.Reason == OrderRefusal.NotTaken && gate.Now < open.Until)
        {
            _waiting.Add(refused.Order);
            return;
        }

        _open.Remove(refused.Order.Token);
        var reply = refused.Reason == OrderRefusal.NotHolder
            ? AuthorityReplies.NotAuthority(gate)
            : Reply.Failed(FailureCode.Unreachable, "the worker has not acknowledged this holder of management authority yet; it was not sent, try again");
        open.Manager.Tell(new ManagerEvents.CommandAnswered(open.Order.Id, reply with { Seq = open.Order.Request.Seq }));
    }

    private static AuthorityInput.Order Question(AuthorityCommands.Order order, string? worker, string token) =>
        new(order.Kind == PeerKind.CshBBrain ? null : worker ?? "", token);

    private sealed record Open(AuthorityCommands.Order Order, IActorRef Manager, TimeSpan Until);
}
