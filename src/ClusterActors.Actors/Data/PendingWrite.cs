using System.Buffers;
using ClusterActors.Actors.Worker;
using ClusterActors.Protocol.Data;

namespace ClusterActors.Actors.Data;

/// <summary>A write of a client that the store has, or its outcome. The client is read on when all of its writes are told.</summary>
/// <param name="owed">The answer that is owed for it.</param>
/// <param name="kind">How the request came, and its reply goes.</param>
/// <param name="seq">Its mark, if it has one.</param>
internal sealed class PendingWrite(IDeferral owed, MessageKind kind, byte[]? seq) : IDataWaiter
{
    /// <summary>What is said where an entry is missing.</summary>
    public const string NoEntry = "there is no entry of this key";

    private DataOutcome _outcome;
    private int _told;

    /// <summary>How the request came, and its reply goes.</summary>
    public MessageKind Kind { get; } = kind;

    /// <inheritdoc/>
    public void Told(in DataOutcome outcome)
    {
        // Only the first counts: the answer is owed once, and the client may be at its next messages by now.
        if (Interlocked.Exchange(ref _told, 1) == 1)
            return;
        _outcome = outcome;
        owed.Done();
    }

    /// <summary>Writes the reply; called when the write is told.</summary>
    public void WriteReply(IBufferWriter<byte> writer)
    {
        var mark = DataMark.Of(seq);
        switch (_outcome.Result)
        {
            case DataResult.Written:
                DataReplyWriter.WriteWritten(writer, mark, _outcome.Version!.Value, _outcome.Acks);
                break;
            case DataResult.NotFound:
                DataReplyWriter.WriteFailed(writer, mark, DataCode.NotFound, NoEntry);
                break;
            case DataResult.Conflict:
                DataReplyWriter.WriteConflict(writer, mark, _outcome.Version);
                break;
            default:
                DataReplyWriter.WriteFailed(writer, mark, _outcome.Refusal!.Code, _outcome.Refusal.Msg);
                break;
        }
    }
}
