using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace ClusterActors.Protocol.Frames;

/// <summary>
/// Reads the frames of one connection (PROTOCOL.md section 2, RFC 6455 section 5). Frames are parsed and unmasked in place;
/// only fragmented messages are copied, into a pooled buffer.
/// </summary>
/// <remarks>
/// Call <see cref="Read"/> until it answers <see cref="FrameEventKind.NeedMore"/>, each time with what the call before did
/// not consume; then keep the rest and append to it. A frame is unmasked in the call that consumes it, so a partial one may
/// be shown as often as needed. Not thread-safe. Between messages an instance holds no buffer.
/// </remarks>
public sealed class FrameReader : IDisposable
{
    private readonly FrameRules _rules;
    private FragmentBuffer _fragments;
    private State _state;

    /// <summary>A reader for a connection whose handshake is done.</summary>
    public FrameReader(FrameRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        _rules = rules;
        _state = rules.SkipLeadingLineEnds ? State.AwaitingFirstFrame : State.BetweenMessages;
    }

    private enum State
    {
        /// <summary>Line ends are skipped; left with the first byte that is none.</summary>
        AwaitingFirstFrame,

        /// <summary>Left with the first fragment of a message.</summary>
        BetweenMessages,

        /// <summary>Fragments of a text message came; left with its last one.</summary>
        InText,

        /// <summary>Fragments of a binary message came; left with its last one.</summary>
        InBinary,

        /// <summary>A fragmented message was handed out from the buffer; left with the next call, which gives the buffer back.</summary>
        HandedOut,

        /// <summary>After a close or a violation; never left.</summary>
        Finished,
    }

    /// <summary>
    /// Whether fragments of an unfinished message came. A connection that ends now, or while bytes are not consumed, is broken
    /// and not cleanly closed.
    /// </summary>
    public bool IsInsideMessage => _state is State.InText or State.InBinary;

    /// <summary>Finds the next message or control frame in the input.</summary>
    /// <param name="input">Bytes received and not yet consumed; the payload of a masked frame is unmasked in it.</param>
    /// <param name="consumed">
    /// Bytes the caller is done with, also when more are needed (line ends, fragments that were kept). After a close or a
    /// violation everything is consumed.
    /// </param>
    public FrameEvent Read(Span<byte> input, out int consumed)
    {
        consumed = 0;
        if (_state == State.HandedOut)
        {
            _fragments.GiveBack();
            _state = State.BetweenMessages;
        }

        if (_state == State.AwaitingFirstFrame)
            SkipLineEnds(input, out consumed);
        var found = _state == State.Finished ? FrameEvent.NeedMore(0) : ReadFrames(input, ref consumed);
        if (_state == State.Finished)
            consumed = input.Length;
        return found;
    }

    /// <summary>Gives back what an unfinished message holds. The reader takes nothing more.</summary>
    public void Dispose()
    {
        _fragments.GiveBack();
        _state = State.Finished;
    }

    private FrameEvent ReadFrames(Span<byte> input, scoped ref int consumed)
    {
        while (true)
        {
            var rest = input[consumed..];
            if (rest.IsEmpty)
                return FrameEvent.NeedMore(0);
            var status = FrameHeaderReader.TryRead(rest, out var header, out var needed, out var reason);
            if (status == ReadStatus.Violation)
                return Fail(CloseCode.ProtocolError, reason!);
            if (status == ReadStatus.NeedMore)
                return FrameEvent.NeedMore(needed);
            if (Check(header, out var code) is { } wrong)
                return Fail(code, wrong);

            var length = header.Length + (int)header.PayloadLength;
            if (rest.Length < length)
                return FrameEvent.NeedMore(length);
            consumed += length;
            var payload = rest[header.Length..length];
            if (header.MaskingKey is { } key)
                FrameMask.Apply(payload, key);
            if (header.IsControl)
                return ReadControl(header.Opcode, payload);
            if (header.Fin)
                return ReadLast(header.Opcode, payload);
            KeepFragment(header.Opcode, payload);
        }
    }

    private void SkipLineEnds(ReadOnlySpan<byte> input, out int skipped)
    {
        skipped = input.IndexOfAnyExcept((byte)'\r', (byte)'\n');
        if (skipped < 0)
            skipped = input.Length;
        else
            _state = State.BetweenMessages;
    }

    private string? Check(in FrameHeader header, out int code)
    {
        code = CloseCode.ProtocolError;
        if (_rules.Mask == MaskPolicy.Required && header.MaskingKey is null)
            return "a client must mask its frames";
        if (_rules.Mask == MaskPolicy.Forbidden && header.MaskingKey is not null)
            return "a server must not mask its frames";
        if (header.IsControl)
            return null;
        if (header.Opcode == Opcode.Continuation && !IsInsideMessage)
            return "a continuation frame without a message to continue";
        if (header.Opcode != Opcode.Continuation && IsInsideMessage)
            return "a new message inside a fragmented one";
        code = CloseCode.TooBig;
        return header.PayloadLength > _rules.MaxMessageBytes - _fragments.Length
            ? $"a message may have {_rules.MaxMessageBytes} bytes, this one has {header.PayloadLength} after {_fragments.Length}"
            : null;
    }

    private FrameEvent ReadControl(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        if (opcode != Opcode.Close)
            return FrameEvent.Message(opcode == Opcode.Ping ? FrameEventKind.Ping : FrameEventKind.Pong, payload);
        if (payload.Length == 1)
            return Fail(CloseCode.ProtocolError, "a close code has two bytes, not one");
        var code = payload.IsEmpty ? CloseCode.None : BinaryPrimitives.ReadUInt16BigEndian(payload);
        if (!payload.IsEmpty && !CloseCode.MayBeSent(code))
            return Fail(CloseCode.ProtocolError, $"{code} is no close code that may be sent");
        var words = payload.Length > 2 ? payload[2..] : default;
        if (!Utf8.IsValid(words))
            return Fail(CloseCode.InvalidPayload, "the reason of a close is not UTF-8");
        Dispose();
        return FrameEvent.Close(code, words.IsEmpty ? null : Encoding.UTF8.GetString(words));
    }

    private FrameEvent ReadLast(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        var isText = opcode == Opcode.Text || _state == State.InText;
        if (IsInsideMessage)
        {
            _fragments.Append(payload);
            payload = _fragments.Written;
            _state = State.HandedOut;
        }

        if (isText && !Utf8.IsValid(payload))
            return Fail(CloseCode.InvalidPayload, "a text message is not UTF-8");
        return FrameEvent.Message(isText ? FrameEventKind.Text : FrameEventKind.Binary, payload);
    }

    private void KeepFragment(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        if (!IsInsideMessage)
            _state = opcode == Opcode.Text ? State.InText : State.InBinary;
        _fragments.Append(payload);
    }

    private FrameEvent Fail(int code, string reason)
    {
        Dispose();
        return FrameEvent.Violation(code, reason);
    }
}
