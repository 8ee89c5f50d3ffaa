using Akka.Actor;
using Akka.Event;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Configuration;
using ClusterActors.Protocol;
using ClusterActors.Protocol.Frames;
using ClusterActors.Protocol.Handshake;
using ClusterActors.Protocol.Messages;
using ClusterActors.Transport.Connections;

namespace ClusterActors.Actors.Gateway;

/// <summary>
/// A link this node dialed to a manager: sends the handshake and, once it is answered, the reports; hands the manager's commands
/// to the executor and sends its answers.
/// </summary>
internal sealed class DialedLinkActor : FramedActor
{
    // With more of them unanswered the manager is not read: what it sends waits in its socket.
    private const int MostOwed = 16;

    // A manager that does not read gets no further reports. The answer to a command, which leaves in a moment, is less.
    private const int MostPending = 4 * 1024;

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly DialProtocol _protocol;
    private readonly HandshakeRequest _request;
    private readonly IActorRef _owner;
    private readonly IActorRef? _duty;
    private readonly AuthorityTalk _authority;
    private readonly ClusterQuestions _questions = new();
    private readonly string _manager;
    private readonly OwedReplies _owed = new();
    private HandshakeEnd _handshake = HandshakeEnd.Unanswered;
    private bool _toCshBBrain;
    private bool _awaitsAnswer;
    private string _end = "connection lost";

    public DialedLinkActor(
        Connection connection, GatewaySettings settings, DialProtocol protocol, IActorRef owner, IActorRef? authority, string name)
        : base(connection, settings)
    {
        _owner = owner;
        _duty = authority;
        _manager = name;
        _authority = new AuthorityTalk(authority, connection, accepted: false);
        _protocol = protocol;

        // What an existing CshBBrain server says of itself, where the far end is to be spoken to like one (section 5).
        var host = protocol.IsCshBBrain || settings.ClusterEndpoint is not { } own
            ? settings.Host
            : new HostAndPort(settings.Host, own.Port).ToString();
        _request = new HandshakeRequest(host, protocol.IsCshBBrain ? HandshakeKey.CreateHex() : HandshakeKey.Create(), protocol.Name);
    }

    /// <param name="connection">The connection.</param>
    /// <param name="settings">Limits and times.</param>
    /// <param name="protocol">How to speak to this manager.</param>
    /// <param name="owner">Hears <see cref="LinkEvents"/>.</param>
    /// <param name="authority">Hears what is said about authority, and judges commands; <see langword="null"/>: this server takes none.</param>
    /// <param name="name">Name of the far end.</param>
    public static Props Props(
        Connection connection, GatewaySettings settings, DialProtocol protocol, IActorRef owner, IActorRef? authority, string name) =>
        Akka.Actor.Props.Create(() => new DialedLinkActor(connection, settings, protocol, owner, authority, name));

    protected override bool IsBusy => _owed.Count > 0;

    // The manager answers every report, so its silence is noticed without a ping.
    protected override bool ProbesIdle => false;

    private bool MaySend => IsOpen && !Connection.IsClosing && Connection.PendingOutput < MostPending;

    protected override void PreStart()
    {
        base.PreStart();
        _owner.Tell(new LinkEvents.Started(Self));
        HandshakeWriter.WriteRequest(Connection.Output, _request);
    }

    protected override void PostStop()
    {
        _owner.Tell(new LinkEvents.Ended(Self, EndReason ?? _end, _handshake));
        base.PostStop();
    }

    protected override int OnOpening(ReadOnlySpan<byte> bytes)
    {
        var status = HandshakeResponseReader.TryRead(
            bytes, _request, Settings.MaxHandshakeBytes, out var response, out var consumed, out var reason);
        if (status == ReadStatus.NeedMore)
            return 0;
        _handshake = HandshakeEnd.Understood;
        if (status == ReadStatus.Violation)
            Refused(reason!);
        else if (_request.IsCshBBrain && !response!.IsCshBBrain && !_protocol.TakesAnyEcho)
            RefuseEcho();
        else
            Open(response!);
        return consumed;
    }

    protected override void OnFrame(FrameEventKind kind, ReadOnlySpan<byte> payload)
    {
        _awaitsAnswer = false;
        Connection.SetDeadline(null);
        if (kind == FrameEventKind.Binary)
            Connection.Output.WriteMessage(Reply.Failed(FailureCode.BadRequest, "commands come in text messages, not binary ones"));
        else if (MessageReader.TryRead(payload, out var message, out var refusal))
            Take(message!);
        else if (_toCshBBrain)
            LogFailure(payload);
        else if (refusal is not null)
            Connection.Output.WriteMessage(refusal);
    }

    protected override void OnDeadline()
    {
        if (IsOpen && _awaitsAnswer)
            CloseWith(CloseCode.GoingAway, $"the manager said nothing for {Settings.LinkTimeout.TotalSeconds:0.#} s");
        else
            base.OnDeadline();
    }

    protected override void OnOpeningRefused(bool late, string reason) => _end = late ? "the handshake was not answered in time" : reason;

    protected override void OnDisconnected(ConnectionEvents.Disconnected disconnected) => _end = disconnected.End switch
    {
        ConnectionEnd.EndOfStream => "the manager closed the connection",
        ConnectionEnd.EndOfStreamInsideFrame => "the connection broke inside a message",
        ConnectionEnd.SlowConsumer => "the manager reads nothing",
        _ => _end,
    };

    protected override bool MayRead() => base.MayRead() && _owed.Count < MostOwed;

    protected override void OnReadEnd()
    {
        if (_owed.Count >= MostOwed)
            Connection.PauseReading();
    }

    protected override void OnMessage(object message)
    {
        switch (message)
        {
            case LinkEvents.SendReport send:
                if (MaySend)
                    Send(send.Report);
                break;
            case LinkEvents.AskCluster ask:
                if (MaySend)
                    Ask(ask);
                break;
            case CommandEvents.Answered answered:
                Answer(answered.Request, answered.Reply);
                Connection.ResumeReading();
                CloseWhenIdle();
                break;
            case var said when IsOpen && _authority.TrySend(said, _toCshBBrain):
                break;
            default:
                base.OnMessage(message);
                break;
        }
    }

    private void Open(HandshakeResponse response)
    {
        _toCshBBrain = response.IsCshBBrain || _request.IsCshBBrain;
        BeginFrames(FrameRules.Link with { MaxMessageBytes = Settings.MaxMessageBytes });
        _owner.Tell(new LinkEvents.Opened(Self, _toCshBBrain));
        if (!_toCshBBrain)
            _duty?.Tell(new AuthorityEvents.LinkOpened(Self, _manager));
    }

    private void RefuseEcho()
    {
        _handshake = HandshakeEnd.NotCshBBrain;
        Refused("the manager is no CshBBrain server, although it did not answer at first");
    }

    private void Send(ServerReport report)
    {
        Connection.Output.WriteReport(report, _toCshBBrain);
        ExpectAnswer();
    }

    private void Ask(LinkEvents.AskCluster ask)
    {
        if (_toCshBBrain)
        {
            // It answers nothing that it does not know (PROTOCOL.md section 5).
            ask.Asker.Tell(ClusterQuestions.Unknown(ask.Manager));
            return;
        }

        Connection.Output.WriteMessage(_questions.Ask(ask));
        ExpectAnswer();
    }

    private void ExpectAnswer()
    {
        if (_awaitsAnswer || _owed.Count >= MostOwed)
            return;
        _awaitsAnswer = true;
        Connection.SetDeadline(Settings.LinkTimeout);
    }

    private void Take(Message message)
    {
        if (_authority.TryTake(message, Self) || (message is Reply reply && _questions.TryAnswer(reply)))
            return;
        if (message is Reply { IsDone: false } failed)
            _log.Warning("The manager at {Remote} refused a report: {Code} {Reason}", Connection.Remote, failed.Code, failed.Msg);
        else if (message is not Reply)
            TakeRequest(message);
    }

    private void TakeRequest(Message request)
    {
        _owed.Add(request);
        if (request is CommandRequest command && _duty is not null)
            _duty.Tell(new CommandEvents.Received(command, _manager, _toCshBBrain));
        else
            Answer(request, Reply.Failed(FailureCode.UnknownAction, "this server takes no such command") with { Seq = request.Seq });
    }

    private void Answer(Message request, Reply reply)
    {
        foreach (var ready in _owed.Take(request, reply))
        {
            if (_toCshBBrain)
                Connection.Output.WriteCshBBrainMessage(ready);
            else
                Connection.Output.WriteMessage(ready);
        }
    }

    private void LogFailure(ReadOnlySpan<byte> payload)
    {
        if (CshBBrainCompat.TryReadFailure(payload, out var reason))
            _log.Warning("The manager at {Remote} refused a report: {Reason}", Connection.Remote, reason);
        else
            _log.Warning("The manager at {Remote} sent something that is no message", Connection.Remote);
    }
}
