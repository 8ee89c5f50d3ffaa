using System.Globalization;
using Akka.Actor;
using Akka.Event;
using ClusterActors.Protocol;
using ClusterActors.Protocol.Frames;
using ClusterActors.Protocol.Handshake;
using ClusterActors.Protocol.Messages;
using ClusterActors.Transport.Connections;

namespace ClusterActors.Actors.Gateway;

/// <summary>A link this node dialed to a manager: sends the handshake and, once it is answered, the reports.</summary>
internal sealed class DialedLinkActor : FramedActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly HandshakeRequest _request;
    private readonly IActorRef _owner;
    private bool _toCshBBrain;
    private string _end = "connection lost";

    public DialedLinkActor(Connection connection, GatewaySettings settings, string protocol, IActorRef owner)
        : base(connection, settings)
    {
        _owner = owner;

        // What an existing CshBBrain server says of itself, where the far end is to be spoken to like one (section 5).
        var asCshBBrain = protocol == HandshakeRequest.CshBBrain;
        var host = asCshBBrain || settings.ClusterEndpoint is not { } own
            ? settings.Host
            : string.Create(CultureInfo.InvariantCulture, $"{settings.Host}:{own.Port}");
        _request = new HandshakeRequest(host, asCshBBrain ? HandshakeKey.CreateHex() : HandshakeKey.Create(), protocol);
    }

    public static Props Props(Connection connection, GatewaySettings settings, string protocol, IActorRef owner) =>
        Akka.Actor.Props.Create(() => new DialedLinkActor(connection, settings, protocol, owner));

    // The manager answers every report, so its silence is noticed without a ping.
    protected override bool ProbesIdle => false;

    protected override void PreStart()
    {
        base.PreStart();
        HandshakeWriter.WriteRequest(Connection.Output, _request);
    }

    protected override void PostStop()
    {
        _owner.Tell(new LinkEvents.Ended(Self, EndReason ?? _end, Unanswered: !IsOpen));
        base.PostStop();
    }

    protected override int OnOpening(ReadOnlySpan<byte> bytes)
    {
        var status = HandshakeResponseReader.TryRead(
            bytes, _request, Settings.MaxHandshakeBytes, out var response, out var consumed, out var reason);
        if (status == ReadStatus.Violation)
            Refused(reason!);
        if (status != ReadStatus.Done)
            return 0;

        _toCshBBrain = response!.IsCshBBrain || _request.IsCshBBrain;
        BeginFrames(FrameRules.Link with { MaxMessageBytes = Settings.MaxMessageBytes });
        Connection.SetIdleLimit(Settings.LinkTimeout);
        _owner.Tell(new LinkEvents.Opened(Self, _toCshBBrain));
        return consumed;
    }

    protected override void OnFrame(FrameEventKind kind, ReadOnlySpan<byte> payload)
    {
        if (kind == FrameEventKind.Binary || !MessageReader.TryRead(payload, out var message, out var refusal))
            _log.Warning("The manager at {Remote} sent something that is no message", Connection.Remote);
        else if (message is Reply { IsDone: false } failed)
            _log.Warning("The manager at {Remote} refused a report: {Code} {Reason}", Connection.Remote, failed.Code, failed.Msg);
        else if (message is not Reply)
            Connection.Output.WriteMessage(Reply.Failed(FailureCode.UnknownAction, "this server takes no such command") with { Seq = message!.Seq });
    }

    protected override void OnSilent() => CloseWith(CloseCode.GoingAway, $"the manager said nothing for {Settings.LinkTimeout.TotalSeconds:0.#} s");

    protected override void OnOpeningTimeout() => _end = "the handshake was not answered in time";

    protected override void OnDisconnected(ConnectionEvents.Disconnected disconnected) => _end = disconnected.End switch
    {
        ConnectionEnd.EndOfStream => "the manager closed the connection",
        ConnectionEnd.EndOfStreamInsideFrame => "the connection broke inside a message",
        ConnectionEnd.SlowConsumer => "the manager reads nothing",
        _ => _end,
    };

    protected override void OnMessage(object message)
    {
        if (message is not LinkEvents.SendReport send)
            base.OnMessage(message);
        else if (IsOpen && Connection.PendingOutput == 0)
            Connection.Output.WriteReport(send.Report, _toCshBBrain);
    }
}
