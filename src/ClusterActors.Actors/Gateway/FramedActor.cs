using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Event;
using ClusterActors.Protocol.Frames;
using ClusterActors.Transport.Connections;

namespace ClusterActors.Actors.Gateway;

/// <summary>
/// A connection that speaks frames after an opening. States: Opening (left when the opening is done or refused, or at the
/// handshake timeout), Open (left by a close frame of either side, a violation, idleness, or the end of the connection) and
/// Closing (left when the last bytes are out and the far end has closed, or at the close timeout).
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "PostStop gives the reader's buffer back.")]
internal abstract class FramedActor(Connection connection, GatewaySettings settings) : ConnectionActor(connection)
{
    /// <summary>Close the connection politely: the far end is told this code and these words.</summary>
    /// <param name="Code">Status code of the close frame (RFC 6455 section 7.4.1).</param>
    /// <param name="Reason">For the far end, in words.</param>
    /// <param name="Patience">How long to wait for the answer to a message that is being worked on; <see langword="null"/>: until it comes.</param>
    /// <param name="Linger">How long the far end has to close its side then; <see langword="null"/>: <c>connection.closeTimeout</c>.</param>
    internal sealed record SayGoodbye(int Code, string Reason, TimeSpan? Patience = null, TimeSpan? Linger = null)
        : INoSerializationVerificationNeeded, IDeadLetterSuppression;

    private FrameReader? _frames;
    private SayGoodbye? _goodbye;
    private int? _farCode;
    private bool _pinged;
    private bool _impatient;
    private bool _reading;

    protected GatewaySettings Settings { get; } = settings;

    /// <summary>Whether the opening is done.</summary>
    protected bool IsOpen => _frames is not null;

    /// <summary>Why the connection ends, as far as it is known before the end: the far end's close frame, or this side's reason.</summary>
    protected string? EndReason { get; private set; }

    /// <summary>Whether the far end closed with a frame that says that it is leaving (RFC 6455 section 7.4.1, code 1001).</summary>
    protected bool FarEndLeft { get; private set; }

    /// <summary>Whether a message is being worked on elsewhere, so that a close has to wait for its answer.</summary>
    protected virtual bool IsBusy => false;

    /// <summary>Whether a silent far end is pinged and closed.</summary>
    protected virtual bool ProbesIdle => true;

    protected override void PreStart()
    {
        base.PreStart();
        Connection.SetDeadline(Settings.HandshakeTimeout);
    }

    protected override void PostStop()
    {
        _frames?.Dispose();
        base.PostStop();
    }

    /// <summary>Reads the opening; calls <see cref="BeginFrames"/> or <see cref="Refused"/> once it can tell.</summary>
    /// <returns>Bytes consumed.</returns>
    protected abstract int OnOpening(ReadOnlySpan<byte> bytes);

    /// <summary>The opening is done and its answer is on its way; frames may be written.</summary>
    protected virtual void OnOpened()
    {
    }

    /// <summary>A whole message has arrived; <paramref name="payload"/> is valid during the call.</summary>
    protected abstract void OnFrame(FrameEventKind kind, ReadOnlySpan<byte> payload);

    /// <summary>All complete frames of one read have been seen.</summary>
    protected virtual void OnReadEnd()
    {
    }

    /// <summary>The far end has sent a close frame: nothing more comes from it, though the connection lives until the close is answered.</summary>
    protected virtual void OnFarEndClosed()
    {
    }

    /// <summary>The opening will not be done: writes the refusal, where there is one. The connection is closed after it.</summary>
    /// <param name="late">Whether it took too long; otherwise this side wants the end.</param>
    /// <param name="reason">Why, in words.</param>
    protected abstract void OnOpeningRefused(bool late, string reason);

    /// <summary>The opening is done and answered: frames follow.</summary>
    protected void BeginFrames(FrameRules rules)
    {
        _frames = new FrameReader(rules);

        // Existing CshBBrain servers lose a frame that comes in the same segment as the response (PROTOCOL.md section 5).
        Connection.FlushOutput();
        Connection.SetDeadline(null);
        OnOpened();
        if (ProbesIdle)
            Connection.SetIdleLimit(Settings.IdleTimeout / 2);
    }

    /// <summary>The opening is refused, and the refusal written: closes.</summary>
    protected void Refused(string reason)
    {
        EndReason = reason;
        Connection.Close();
    }

    /// <summary>Closes with a frame, after the answers to what is being worked on.</summary>
    protected void CloseWith(int code, string reason)
    {
        _goodbye ??= new SayGoodbye(code, reason);
        EndReason ??= reason;
        CloseWhenIdle();
    }

    /// <summary>To be called when <see cref="IsBusy"/> has become false.</summary>
    protected void CloseWhenIdle()
    {
        // In the middle of a read it may turn out at its end that there is something to wait for.
        if (!_reading && !IsBusy && !Connection.IsClosing && (_goodbye is not null || _farCode is not null))
            CloseNow();
    }

    protected sealed override int OnBytes(Span<byte> bytes, out int needed)
    {
        _pinged = false;
        _reading = true;
        var consumed = ReadFrames(bytes, out needed);
        _reading = false;
        CloseWhenIdle();
        return consumed;
    }

    protected sealed override void OnIdle()
    {
        if (IsOpen && !Connection.IsClosing)
            OnSilent();
    }

    /// <summary>The far end has been silent for the idle limit: pings it, and closes if that is not answered.</summary>
    protected virtual void OnSilent()
    {
        if (_pinged)
            return;
        _pinged = true;
        FrameWriter.WritePing(Connection.Output);
        Connection.SetDeadline(Settings.IdleTimeout / 2);
    }

    protected override void OnDeadline()
    {
        if (!IsOpen)
        {
            var reason = $"the opening was not complete within {Settings.HandshakeTimeout.TotalSeconds:0.#} s";
            OnOpeningRefused(late: true, reason);
            Refused(reason);
        }
        else if (_impatient)
        {
            CloseNow();
        }
        else if (_pinged && !IsBusy)
        {
            CloseWith(CloseCode.GoingAway, $"nothing heard for {Settings.IdleTimeout!.Value.TotalSeconds:0} s");
        }
    }

    protected override void OnMessage(object message)
    {
        if (message is SayGoodbye goodbye)
            Leave(goodbye);
        else
            Unhandled(message);
    }

    /// <summary>Whether the next frame of a read may be looked at; a subclass that waits for an answer says no and pauses reading.</summary>
    protected virtual bool MayRead() => !Connection.IsClosing && _goodbye is null && _farCode is null;

    private void Leave(SayGoodbye goodbye)
    {
        _goodbye ??= goodbye;
        EndReason ??= goodbye.Reason;
        CloseWhenIdle();
        if (_impatient || Connection.IsClosing || goodbye.Patience is not { } patience)
            return;
        _impatient = true;
        Connection.SetDeadline(patience);
    }

    private void CloseNow()
    {
        if (!IsOpen)
            OnOpeningRefused(late: false, _goodbye!.Reason);
        else if (_farCode is not { } code)
            FrameWriter.WriteClose(Connection.Output, _goodbye!.Code, _goodbye.Reason);
        else if (code == CloseCode.None)
            FrameWriter.WriteClose(Connection.Output);
        else
            FrameWriter.WriteClose(Connection.Output, code);
        Connection.Close(_goodbye?.Linger);
    }

    private int ReadFrames(Span<byte> bytes, out int needed)
    {
        needed = 0;
        var consumed = 0;
        if (_frames is null)
        {
            consumed = OnOpening(bytes);
            if (_frames is null)
                return Connection.IsClosing ? bytes.Length : consumed;
        }

        while (MayRead())
        {
            var found = _frames.Read(bytes[consumed..], out var count);
            consumed += count;
            needed = found.NeededBytes;
            if (found.Kind == FrameEventKind.NeedMore)
                break;
            Take(found);
        }

        OnReadEnd();
        return consumed;
    }

    private void Take(in FrameEvent found)
    {
        switch (found.Kind)
        {
            case FrameEventKind.Text:
            case FrameEventKind.Binary:
                OnFrame(found.Kind, found.Payload);
                break;
            case FrameEventKind.Ping:
                FrameWriter.WritePong(Connection.Output, found.Payload);
                break;
            case FrameEventKind.Close:
                FarEndLeft = found.CloseCode == CloseCode.GoingAway;
                EndReason ??= found.Reason ?? "closed by the far end";
                _farCode = found.CloseCode;
                OnFarEndClosed();
                break;
            case FrameEventKind.Violation:
                _goodbye = new SayGoodbye(found.CloseCode, found.Reason!);
                EndReason ??= found.Reason;
                break;
        }
    }
}
