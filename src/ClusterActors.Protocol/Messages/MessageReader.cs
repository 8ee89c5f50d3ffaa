using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace ClusterActors.Protocol.Messages;

/// <summary>Reads the payload of a text message of a link (PROTOCOL.md sections 3 and 4).</summary>
public static class MessageReader
{
    /// <summary>Reads one message.</summary>
    /// <param name="payload">Payload of a text frame.</param>
    /// <param name="message">The message, when it is a good one of a known action.</param>
    /// <param name="refusal">
    /// Otherwise the reply to send: <see cref="FailureCode.BadRequest"/> naming parameter, value and what is allowed, or
    /// <see cref="FailureCode.UnknownAction"/> naming the action; with the <c>seq</c> of the message if that can be read.
    /// <see langword="null"/> when what came is a bad reply itself, since a reply is never answered.
    /// </param>
    public static bool TryRead(ReadOnlySpan<byte> payload, out Message? message, out Reply? refusal)
    {
        message = null;
        var (code, reason) = (FailureCode.BadRequest, CheckForm(payload, out var envelope));
        if (reason is null)
        {
            (message, reason) = envelope.Action switch
            {
                0 => ReadAllocate(payload),
                1 => ReadReport(payload),
                9 => (new ViewRequest(), null),
                1000 or 2000 => ReadReply(payload, envelope.Action == 2000),
                _ => (null, null),
            };
            if (message is null && reason is null)
                (code, reason) = (FailureCode.UnknownAction, $"action {envelope.Action} is not known here");
        }

        refusal = message is null && !envelope.IsReply ? Reply.Failed(code, reason!) with { Seq = envelope.Seq } : null;
        if (message is not null && envelope.Seq is not null)
            message = message with { Seq = envelope.Seq };
        return message is not null;
    }

    /// <summary>Checks what holds for every message, and finds action and seq as far as they can be read.</summary>
    private static string? CheckForm(ReadOnlySpan<byte> payload, out MessageEnvelope envelope)
    {
        var reader = new ParameterReader(payload);
        envelope = new MessageEnvelope();
        while (reader.TryRead(out var name, out var value))
            envelope.Take(name, value);
        if (reader.Error is null)
            return envelope.Reason;
        envelope = MessageEnvelope.FindIn(payload);
        return reader.Error;
    }

    private static (Message? Message, string? Reason) ReadAllocate(ReadOnlySpan<byte> payload)
    {
        string? key = null;
        var explain = false;
        var position = 0;
        while (ParameterReader.TrySplit(payload, ref position, out var name, out var value) == ReadStatus.Done)
        {
            if (name.SequenceEqual("key"u8))
            {
                key = PercentCoding.DecodeText(value);
                if (key is not { Length: > 0 and <= AllocateRequest.MaxKeyLength })
                    return (null, $"key {Wording.Quote(value)} must be 1-{AllocateRequest.MaxKeyLength} characters of UTF-8");
            }
            else if (name.SequenceEqual("explain"u8))
            {
                explain = value.SequenceEqual("1"u8);
                if (!explain && !value.SequenceEqual("0"u8))
                    return (null, $"explain {Wording.Quote(value)} must be 0 or 1");
            }
        }

        return (new AllocateRequest(key, explain), null);
    }

    private static (Message? Message, string? Reason) ReadReport(ReadOnlySpan<byte> payload)
    {
        // Hardly any report holds an escape, and one that does is bounded by the limit of a message.
        var scratch = payload.Contains((byte)'%') ? ArrayPool<byte>.Shared.Rent(payload.Length) : null;
        var report = new ReportReader();
        string? reason = null;
        var position = 0;
        while (reason is null && ParameterReader.TrySplit(payload, ref position, out var name, out var value) == ReadStatus.Done)
            _ = report.TryTake(name, scratch is null ? value : PercentCoding.Decode(value, scratch), out reason);
        if (scratch is not null)
            ArrayPool<byte>.Shared.Return(scratch);
        return reason is null ? (new ReportMessage(report.ToReport()), null) : (null, reason);
    }

    private static (Message? Message, string? Reason) ReadReply(ReadOnlySpan<byte> payload, bool failed)
    {
        string? code = null, msg = null;
        var values = new List<Parameter>();
        var position = 0;
        while (ParameterReader.TrySplit(payload, ref position, out var name, out var value) == ReadStatus.Done)
        {
            if (name.SequenceEqual("action"u8) || name.SequenceEqual("seq"u8))
                continue;
            if (!Utf8.IsValid(name) || PercentCoding.DecodeText(value) is not { } text)
                return (null, $"{Wording.Quote(name)} is not UTF-8");
            var key = Encoding.UTF8.GetString(name);
            if (failed && key == "code")
                code = text;
            else if (failed && key == "msg")
                msg = text;
            else
                values.Add(new Parameter(key, text));
        }

        // A peer that gives no code has failed in a way it cannot name.
        return failed
            ? (Reply.Failed(code ?? FailureCode.Internal, msg ?? "", values), null)
            : (Reply.Done(values), null);
    }
}
