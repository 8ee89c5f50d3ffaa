using Akka.Actor;
using Akka.Event;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Manager;
using ClusterActors.Actors.Manager.Commands;
using ClusterActors.Protocol.Frames;
using ClusterActors.Protocol.Messages;
using ClusterActors.Transport.Connections;

namespace ClusterActors.Actors.Gateway;

/// <summary>
/// An accepted connection that carries requests for the manager: a link to the cluster port (PROTOCOL.md sections 1 to 5), or a
/// client of a manager-only server's business port (section 7). Each request is answered once and in order. On a link that reports,
/// commands of the manager go the other way (section 4.4), one at a time.
/// </summary>
internal sealed class RequestActor : AcceptedActor, IWithTimers
{
    /// <summary>The next report may be handed on now.</summary>
    private sealed record ReportDue : INoSerializationVerificationNeeded, IDeadLetterSuppression
    {
        public static ReportDue Instance { get; } = new();
    }

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    private readonly RequestContext _context;
    private readonly AuthorityTalk _authority;
    private readonly ManagerDesk _desk;
    private readonly ReportRelay? _relay;
    private readonly ClusterDesk _cluster;
    private LinkedServer? _server;
    private CommandRequest? _command;
    private bool _toldClosed;

    public RequestActor(Connection connection, RequestContext context)
        : base(connection, context.Settings, context.Places, takesHttp: !context.IsClusterPort)
    {
        _context = context;
        _desk = new ManagerDesk(context, connection.Remote.Address.ToString());
        _authority = new AuthorityTalk(context.IsClusterPort ? context.Authority : null, connection, accepted: true);
        _cluster = new ClusterDesk(context);
        if (context.IsClusterPort)
            _relay = new ReportRelay(context.Time);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    // Whoever has reported here has reported to a manager.
    private IActorRef Manager => _context.Manager.Current!;

    public static Props Props(Connection connection, RequestContext context) =>
        Akka.Actor.Props.Create(() => new RequestActor(connection, context));

    protected override bool IsBusy => _desk.IsWaiting;

    // An existing CshBBrain server is silent for a minute at first and chokes on a ping (PROTOCOL.md section 5).
    protected override bool ProbesIdle => _server?.Kind != PeerKind.CshBBrain;

    protected override void PostStop()
    {
        TellClosed();
        base.PostStop();
    }

    protected override void OnAccepted(Peer peer)
    {
        var kind = peer.IsCshBBrain ? PeerKind.CshBBrain : PeerKind.ClusterActors;
        var host = (peer as Peer.Raw)?.Request.Host ?? "";
        var (ip, port) = FarAddress.Of(host, Connection.Remote.Address);
        _server = new LinkedServer(new LinkId(Connection.Id.Value), kind, ip, port);
        Log.Debug("Link {Link} from {Remote} is open: {Kind} at {Host}", _server.Link, Connection.Remote, kind, host);
    }

    protected override void OnFrame(FrameEventKind kind, ReadOnlySpan<byte> payload)
    {
        if (kind == FrameEventKind.Binary)
            Connection.Output.WriteMessage(Reply.Failed(FailureCode.BadRequest, "requests and reports come in text messages, not binary ones"));
        else if (!MessageReader.TryRead(payload, out var message, out var refusal))
            TakeUnreadable(payload, refusal);
        else if (message is ReportMessage report && _relay is not null && _context.Manager.Current is not null)
            TakeReport(report);
        else if (message is Reply reply)
            TakeReply(reply);
        else if (message is ClusterQuery query)
            _cluster.Answer(query, _server!.Link, Connection.Output);
        else if (!_authority.TryTake(message!, Self))
            Ask(message!);
    }

    protected override bool MayRead() => !_desk.IsWaiting && base.MayRead();

    protected override void OnReadEnd() => HandOnReport();

    // At once, since a far end that is slow to close its side must not be allocated to until it has.
    protected override void OnFarEndClosed()
    {
        HandOnReport();
        TellClosed();
    }

    protected override void OnDisconnected(ConnectionEvents.Disconnected disconnected)
    {
        if (_server is null)
            return;
        if (_server.Kind == PeerKind.CshBBrain && _relay is { HasReported: true })
            Log.Warning("Lost the CshBBrain server at {Remote}: {End} {Reason}; it does not dial again by itself, restart it", Connection.Remote, disconnected.End, EndReason);
        else
            Log.Debug("Link {Link} from {Remote} ended: {End} {Reason}", _server.Link, Connection.Remote, disconnected.End, EndReason);
    }

    protected override void OnDeadline()
    {
        if (!_desk.IsWaiting)
        {
            base.OnDeadline();
            return;
        }

        _desk.GiveUp(Connection.Output);
        CloseWith(CloseCode.InternalError, "the manager of this server did not answer");
    }

    protected override void OnMessage(object message)
    {
        switch (message)
        {
            case LinkCommands.Send send:
                Send(send.Request);
                break;
            case ManagerEvents.ReportRefused refused:
                _relay!.Receipt();
                Refuse(refused);
                break;
            case ManagerEvents.IReportReceipt:
                _relay!.Receipt();
                HandOnReport();
                break;
            case ReportDue:
                _relay!.IsDue();
                HandOnReport();
                break;
            case var said when IsOpen && _authority.TrySend(said, _server!.Kind == PeerKind.CshBBrain):
                break;
            case var answer when _desk.TryAnswer(answer, Connection.Output):
                Connection.SetDeadline(null);
                Connection.ResumeReading();
                CloseWhenIdle();
                break;
            default:
                base.OnMessage(message);
                break;
        }
    }

    private void TakeReport(ReportMessage report)
    {
        _relay!.Take(report.Report);
        Connection.Output.WriteDone(report.Seq);
    }

    private void Send(CommandRequest command)
    {
        // The manager hears of the end of a link, and knows then that no reply comes.
        if (!IsOpen || Connection.IsClosing || _toldClosed)
            return;

        // The last look before it leaves: this process may have slept since it was decided.
        if (!_context.Gate.MayAct(command.Epoch))
        {
            Manager.Tell(new ManagerEvents.CommandAnswered(_server!.Link, AuthorityReplies.NotAuthority(_context.Gate) with { Seq = command.Seq }));
            return;
        }

        _command = _server!.Kind == PeerKind.CshBBrain ? command with { Epoch = null, From = null, Run = null } : command;
        Connection.Output.WriteMessage(_command);
    }

    private void TakeUnreadable(ReadOnlySpan<byte> payload, Reply? refusal)
    {
        if (_command is not null && _server!.Kind == PeerKind.CshBBrain && CshBBrainCompat.TryReadFailure(payload, out var reason))
            TakeReply(Reply.Failed(FailureCode.Internal, reason!));
        else if (refusal is not null)
            Connection.Output.WriteMessage(refusal);
    }

    private void TakeReply(Reply reply)
    {
        if (_command is not { } command || _toldClosed || (command.Seq is { } seq && seq != reply.Seq))
        {
            Log.Debug("A reply on link {Link} answers nothing that was asked", _server!.Link);
            return;
        }

        _command = null;

        // A report from before the change must not come after the news of it.
        if (_relay!.Hurry() is { } report)
            Manager.Tell(new ManagerEvents.ServerReported(_server!, report));
        Manager.Tell(new ManagerEvents.CommandAnswered(_server!.Link, reply));
    }

    private void HandOnReport()
    {
        if (_relay is null || _server is null || _toldClosed)
            return;
        if (_relay.Next(out var wait) is { } report)
            Manager.Tell(new ManagerEvents.ServerReported(_server, report));
        else if (wait is { } later)
            Timers.StartSingleTimer(nameof(ReportDue), ReportDue.Instance, later);
    }

    private void TellClosed()
    {
        if (_toldClosed || _relay is not { HasReported: true })
            return;
        _toldClosed = true;
        Manager.Tell(new ManagerEvents.LinkClosed(_server!.Link, FarEndLeft, EndReason ?? "connection lost"));
    }

    private void Ask(Message request)
    {
        if (request is CommandRequest or AuthorityMove or ForceAuthorityRequest or ReadmitRequest && WhyNotFromHere() is { } reason)
        {
            Refuse(request, reason);
            return;
        }

        // What the link said before its question is known when that is answered.
        HandOnReport();
        _desk.Ask(request, Self, Connection.Output);
        if (!_desk.IsWaiting)
            return;
        Connection.PauseReading();
        Connection.SetDeadline(request is AllocateRequest or ViewRequest ? AnswerLimit : Settings.CommandAnswerLimit);
    }

    private string? WhyNotFromHere() => _context.IsClusterPort switch
    {
        false => "commands are not taken on a business port; send them to the cluster port of a manager",
        _ when _server!.Kind == PeerKind.CshBBrain => "an existing CshBBrain server may report and be commanded, and may not command others",
        _ => null,
    };

    private void Refuse(Message request, string reason)
    {
        Connection.Output.WriteMessage(Reply.Failed(FailureCode.NotAuthorized, reason) with { Seq = request.Seq });
        var (what, node, by) = request is CommandRequest command
            ? (command.Command.ToWords(), command.Node, command.By)
            : (request.GetType().Name, null, null);
        Log.Info("audit: {Command} for {Node} by {By} from {From}: not done, {Code}: {Reason}",
            what, node ?? "none", by ?? CommandOrders.Anonymous, Connection.Remote.Address, FailureCode.NotAuthorized, reason);
    }

    private void Refuse(ManagerEvents.ReportRefused refused)
    {
        // An existing CshBBrain server would never come back (PROTOCOL.md section 5); its next report is another chance.
        if (_server!.Kind == PeerKind.CshBBrain)
        {
            Log.Debug("A report on link {Link} was refused: {Reason}", refused.Link, refused.Reason);
            return;
        }

        Log.Warning("A report on link {Link} was refused: {Reason}", refused.Link, refused.Reason);
        CloseWith(refused.Code == FailureCode.NoCapacity ? CloseCode.TryAgainLater : CloseCode.PolicyViolation, refused.Reason);
    }
}
