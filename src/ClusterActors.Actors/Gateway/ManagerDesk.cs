using System.Buffers;
using System.Globalization;
using Akka.Actor;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Manager;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Gateway;

/// <summary>
/// Carries a connection's requests to the manager of this node, or to its authority, and the answers back, one at a time so that replies keep the
/// order of the requests (PROTOCOL.md section 3).
/// </summary>
/// <param name="context">The manager, the authority, and how to answer.</param>
/// <param name="from">Address of the far end, without its port.</param>
internal sealed class ManagerDesk(RequestContext context, string from)
{
    private Message? _open;

    /// <summary>Whether a request waits for its answer.</summary>
    public bool IsWaiting => _open is not null;

    /// <summary>Takes a request; writes the answer at once where no manager is needed or there is none.</summary>
    public void Ask(Message request, IActorRef self, IBufferWriter<byte> output)
    {
        var (duty, question) = Question(request);
        if (question is null)
        {
            output.WriteMessage(Reply.Failed(FailureCode.UnknownAction, "this request is not served here") with { Seq = request.Seq });
        }
        else if (duty is null)
        {
            output.WriteMessage(NoManager() with { Seq = request.Seq });
        }
        else
        {
            _open = request;
            duty.Tell(question, self);
        }
    }

    /// <summary>Writes the manager's answer as a reply.</summary>
    /// <returns>Whether <paramref name="answer"/> was one that was waited for.</returns>
    public bool TryAnswer(object answer, IBufferWriter<byte> output)
    {
        if (_open is not { } request)
            return false;
        switch (answer)
        {
            // The last look before it leaves: this process may have slept since it was decided.
            case ManagerQueries.AllocationGranted stale when !context.Gate.MayAct(stale.Epoch):
            case ManagerQueries.NotAuthority:
                output.WriteMessage(AuthorityReplies.NotAuthority(context.Gate) with { Seq = request.Seq });
                break;
            case AuthorityQueries.Answer { Reply: var reply }:
                output.WriteMessage(reply with { Seq = request.Seq });
                break;
            case ManagerQueries.AllocationGranted granted when context.Settings.CshBBrainAllocationReplies && request.Seq is null:
                output.WriteCshBBrainAllocation(granted.Ip, granted.Port);
                break;
            case ManagerQueries.AllocationGranted granted:
                output.WriteMessage(Write(granted, request));
                break;
            case ManagerQueries.AllocationRefused refused:
                output.WriteMessage(Write(refused, request));
                break;
            case ManagerQueries.FleetView view:
                output.WriteMessage(Write(view, request));
                break;
            case ManagerQueries.CommandAnswer command:
                output.WriteMessage(command.Reply with { Seq = request.Seq });
                break;
            default:
                return false;
        }

        _open = null;
        return true;
    }

    /// <summary>Answers the request that waits: the manager did not. An answer that comes after all must not reach the next request.</summary>
    public void GiveUp(IBufferWriter<byte> output)
    {
        output.WriteMessage(Reply.Failed(FailureCode.Timeout, "the manager did not answer in time") with { Seq = _open!.Seq });
        _open = null;
    }

    private static Reply Write(ManagerQueries.AllocationGranted granted, Message request) =>
        new AllocationReply(
            granted.Ip,
            granted.Port,
            granted.Node,
            granted.Lease,
            (int)Math.Round(granted.Expires.TotalSeconds),
            Asked(request) ? granted.Explain : null)
        { Epoch = granted.Epoch }.ToReply(request.Seq);

    private static Reply Write(ManagerQueries.AllocationRefused refused, Message request) =>
        (Asked(request)
            ? AllocationReply.Refused(refused.Code, refused.Message, refused.Explain)
            : Reply.Failed(refused.Code, refused.Message)) with
        { Seq = request.Seq };

    private static Reply Write(ManagerQueries.FleetView view, Message request) =>
        new ViewReply(view.Servers.Length, view.Authority, view.Epoch, view.Manager, view.Servers)
        {
            Holder = view.Holder.Address,
            SinceMs = view.Holder.SinceMs,
            Why = view.Holder.Why,
            Voters = view.Holder.Voters,
        }.ToReply(request.Seq);

    private static bool Asked(Message request) => request is AllocateRequest { Explain: true };

    private (IActorRef? Duty, object? Question) Question(Message request) => request switch
    {
        AllocateRequest allocate => (context.Manager.Current, new ManagerQueries.Allocate(allocate.Key, allocate.Explain)),
        ViewRequest => (context.Manager.Current, new ManagerQueries.ViewFleet()),
        CommandRequest command => (context.Manager.Current, new ManagerQueries.Command(command, from)),
        AuthorityMove move => (context.Manager.Current is null ? null : context.Authority, new AuthorityQueries.Move(move, from)),
        ForceAuthorityRequest force => (context.Authority, new AuthorityQueries.Force(force, from)),
        ReadmitRequest readmit => (context.Authority, new AuthorityQueries.Readmit(readmit, from)),
        _ => (null, null),
    };

    private Reply NoManager()
    {
        if (context.Gate.Holder is not null)
            return AuthorityReplies.NotAuthority(context.Gate);
        return context.Settings.OtherManager is { } other
            ? Reply.Failed(
                FailureCode.NotAuthority,
                $"this server is no manager; ask {other}",
                new Parameter("ip", other.Host),
                new Parameter("port", other.Port.ToString(CultureInfo.InvariantCulture)),
                new Parameter("epoch", "0"))
            : Reply.Failed(FailureCode.NotAuthority, "this server is no manager and knows none");
    }
}
