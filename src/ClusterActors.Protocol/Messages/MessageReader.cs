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
        var report = new ReportReader();
        var (code, reason) = (FailureCode.BadRequest, Walk(payload, ref report, out var envelope, out var wrongValue));
        if (reason is null)
        {
            (message, reason) = envelope.Action switch
            {
                0 => ReadAllocate(payload),
                1 => wrongValue is null ? (new ReportMessage(report.ToReport()), null) : (null, wrongValue),
                9 => (new ViewRequest(), null),
                70 => ClusterAddresses.ReadQuery(payload),
                var action when CommandReader.Knows(action) => CommandReader.Read(action, payload),
                var action when AuthorityNote.Knows(action) => ReadNote((int)action, payload),
                var action when AuthorityReader.Knows(action) => AuthorityReader.Read(action, payload),
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

    /// <summary>
    /// Checks what holds for every message, and finds action and seq as far as they can be read. What may be a report is
    /// collected on the way, since reports are nearly all that managers read.
    /// </summary>
    /// <param name="payload">The message.</param>
    /// <param name="report">Takes the parameters of what is, or may still turn out to be, a report.</param>
    /// <param name="envelope">Action and seq.</param>
    /// <param name="wrongValue">The first value that a report must not have; it counts only if nothing is wrong with the form.</param>
    /// <returns>What is wrong with the form.</returns>
    private static string? Walk(
        ReadOnlySpan<byte> payload, ref ReportReader report, out MessageEnvelope envelope, out string? wrongValue)
    {
        var reader = new ParameterReader(payload);
        envelope = new MessageEnvelope();
        wrongValue = null;
        while (reader.TryRead(out var name, out var value))
        {
            if (!envelope.TryTake(name, value) && envelope.MayBeReport && wrongValue is null)
                _ = reader.HoldsEscapes ? TakeDecoded(ref report, name, value, out wrongValue) : report.TryTake(name, value, out wrongValue);
        }

        if (reader.Error is null)
            return envelope.Reason;
        envelope = MessageEnvelope.FindIn(payload);
        return reader.Error;
    }

    private static bool TakeDecoded(
        ref ReportReader report, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, out string? wrongValue)
    {
        var scratch = ArrayPool<byte>.Shared.Rent(value.Length);
        var taken = report.TryTake(name, PercentCoding.Decode(value, scratch), out wrongValue);
        ArrayPool<byte>.Shared.Return(scratch);
        return taken;
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
                var text = PercentCoding.DecodeText(value);
                explain = text == "1";
                if (!explain && text != "0")
                    return (null, $"explain {Wording.Quote(value)} must be 0 or 1");
            }
        }

        return (new AllocateRequest(key, explain), null);
    }

    private static (Message? Message, string? Reason) ReadNote(int action, ReadOnlySpan<byte> payload)
    {
        var values = new List<Parameter>();
        var position = 0;
        while (ParameterReader.TrySplit(payload, ref position, out var name, out var value) == ReadStatus.Done)
        {
            if (name.SequenceEqual("action"u8) || name.SequenceEqual("seq"u8))
                continue;
            if (!Utf8.IsValid(name))
                return (null, $"the name {Wording.Quote(name)} must be UTF-8");
            var key = Encoding.UTF8.GetString(name);
            if (PercentCoding.DecodeText(value) is not { } text)
                return (null, $"{Wording.WithoutControls(key)} {Wording.Quote(value)} must be UTF-8");
            values.Add(new Parameter(key, text));
        }

        return (new AuthorityNote(action) { Values = values }, null);
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
