using System.Buffers;
using System.Globalization;
using Akka.Actor;
using ClusterActors.Actors.Manager;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Gateway;

/// <summary>
/// Carries a connection's requests to the manager of this node and its answers back, one at a time so that replies keep the
/// order of the requests (PROTOCOL.md section 3).
/// </summary>
/// <param name="manager">The manager, when this node is one.</param>
/// <param name="settings">How to answer.</param>
/// <param name="from">Address of the far end, without its port.</param>
internal sealed class ManagerDesk(IActorRef? manager, GatewaySettings settings, string from)
{
    private Message? _open;

    /// <summary>Whether a request waits for its answer.</summary>
    public bool IsWaiting => _open is not null;

    /// <summary>Takes a request; writes the answer at once where no manager is needed or there is none.</summary>
    public void Ask(Message request, IActorRef self, IBufferWriter<byte> output)
    {
        object? question = request switch
        {
            AllocateRequest allocate => new ManagerQueries.Allocate(allocate.Key, allocate.Explain),
            ViewRequest => new ManagerQueries.ViewFleet(),
            CommandRequest command => new ManagerQueries.Command(command, from),
            _ => null,
        };
        if (question is null)
        {
            output.WriteMessage(Reply.Failed(FailureCode.UnknownAction, "this request is not served here") with { Seq = request.Seq });
        }
        else if (manager is null)
        {
            output.WriteMessage(NoManager() with { Seq = request.Seq });
        }
        else
        {
            _open = request;
            manager.Tell(question, self);
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
            case ManagerQueries.AllocationGranted granted when settings.CshBBrainAllocationReplies && request.Seq is null:
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
            Asked(request) ? granted.Explain : null).ToReply(request.Seq);

    private static Reply Write(ManagerQueries.AllocationRefused refused, Message request) =>
        (Asked(request)
            ? AllocationReply.Refused(refused.Code, refused.Message, refused.Explain)
            : Reply.Failed(refused.Code, refused.Message)) with
        { Seq = request.Seq };

    private static Reply Write(ManagerQueries.FleetView view, Message request) =>
        new ViewReply(view.Servers.Length, view.Authority, view.Epoch, view.Manager, view.Servers).ToReply(request.Seq);

    private static bool Asked(Message request) => request is AllocateRequest { Explain: true };

    private Reply NoManager() =>
        settings.OtherManager is { } other
            ? Reply.Failed(
                FailureCode.NotAuthority,
                $"this server is no manager; ask {other}",
                new Parameter("ip", other.Host),
                new Parameter("port", other.Port.ToString(CultureInfo.InvariantCulture)),
                new Parameter("epoch", "0"))
            : Reply.Failed(FailureCode.NotAuthority, "this server is no manager and knows none");
}
