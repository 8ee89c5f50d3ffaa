namespace ClusterActors.Protocol.Messages;

/// <summary>What every message carries: its action and, if it is marked, its seq (PROTOCOL.md section 3).</summary>
internal struct MessageEnvelope()
{
    private const long LastAction = 999_999_999;

    private string? _wrong;

    /// <summary>The action, -1 while none was found.</summary>
    public long Action { get; private set; } = -1;

    /// <summary>The mark, when there is a good one.</summary>
    public string? Seq { get; private set; }

    /// <summary>Whether the message is a report, or its action is not known yet.</summary>
    public readonly bool MayBeReport => Action is 1 or -1;

    /// <summary>Whether the message is a reply, which is never answered.</summary>
    public readonly bool IsReply => Action is 1000 or 2000;

    /// <summary>What is wrong with action or seq.</summary>
    public readonly string? Reason => _wrong ?? (Action < 0 ? "there is no action; every message must carry one" : null);

    /// <summary>Finds action and seq in a message that is otherwise wrong, so that even then it gets its answer.</summary>
    public static MessageEnvelope FindIn(ReadOnlySpan<byte> payload)
    {
        var envelope = new MessageEnvelope();
        var position = 0;
        for (var i = 0; i < ParameterReader.MaxParameters; i++)
        {
            var status = ParameterReader.TrySplit(payload, ref position, out var name, out var value);
            if (status == ReadStatus.NeedMore)
                break;
            _ = envelope.TryTake(name, value);
        }

        return envelope;
    }

    /// <summary>Takes one parameter.</summary>
    /// <returns>Whether it is one of the two; all others are ignored.</returns>
    public bool TryTake(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (name.SequenceEqual("action"u8))
            TakeAction(value);
        else if (name.SequenceEqual("seq"u8))
            TakeSeq(value);
        else
            return false;
        return true;
    }

    private void TakeAction(ReadOnlySpan<byte> value)
    {
        if (Action >= 0)
            return;
        if (NumberReading.TryReadWhole(value, LastAction, out var action))
            Action = action;
        else
            _wrong ??= $"action {Wording.Quote(value)} must be a number from 0 to {LastAction}";
    }

    private void TakeSeq(ReadOnlySpan<byte> value)
    {
        if (Seq is not null)
            return;
        Seq = ReadSeq(value);
        if (Seq is null)
            _wrong ??= $"seq {Wording.Quote(value)} must be at most {Message.MaxSeqLength} characters of UTF-8";
    }

    private static string? ReadSeq(ReadOnlySpan<byte> value)
    {
        // A character takes at most nine bytes, as three escapes.
        if (value.Length > Message.MaxSeqLength * 9 || !PercentCoding.IsWellFormed(value))
            return null;
        var seq = PercentCoding.DecodeText(value);
        return seq is { Length: <= Message.MaxSeqLength } ? seq : null;
    }
}
