using System.Buffers;
using ClusterActors.Actors.Worker;
using ClusterActors.Protocol.Data;

namespace ClusterActors.Actors.Data;

/// <summary>
/// One client of handler <c>data</c>. Its requests take effect in their order: writes are handed to the store one behind the other without
/// waiting, everything else waits until all writes before it are told. Replies come in the order of the requests.
/// </summary>
internal sealed class DataSession(IClient client, IDataStore store, WatchTable watches)
{
    private readonly List<PendingWrite> _pending = [];
    private readonly ClientWatches _watches = new(client, watches);

    /// <summary>Takes a message of the client.</summary>
    public void Handle(in ClientMessage message)
    {
        using var request = DataRequest.Read(message.Kind == MessageKind.Binary, message.Payload);
        if (request.Failure is null && request.Operation is DataOperation.Put or DataOperation.Remove)
            Write(request, message.Kind);
        else if (_pending.Count > 0)
            client.Postpone();
        else
            Answer(request, message.Kind);
    }

    /// <summary>All writes are told: answers them.</summary>
    public void Settle()
    {
        foreach (var write in _pending)
        {
            var reply = ReplyBuffer.Take();
            write.WriteReply(reply);
            client.Send(write.Kind, reply.WrittenSpan);
        }

        _pending.Clear();
    }

    /// <summary>The client is gone. Writes of its that are not told yet may still be done.</summary>
    public void End() => _watches.RemoveAll();

    private void Write(in DataRequest request, MessageKind kind)
    {
        // One array for both: they live equally long.
        var memory = new byte[request.Key.Length + request.Value.Length];
        request.Key.CopyTo(memory);
        request.Value.CopyTo(memory.AsSpan(request.Key.Length));
        var write = new DataWrite(
            request.Operation == DataOperation.Put ? DataWriteKind.Put : DataWriteKind.Remove,
            memory.AsMemory(0, request.Key.Length),
            memory.AsMemory(request.Key.Length),
            request.Condition,
            request.Expires == 0 ? null : TimeSpan.FromSeconds(request.Expires));
        var pending = new PendingWrite(client.Defer(), kind, request.Mark.Keep());
        _pending.Add(pending);
        try
        {
            store.Write(write, pending);
        }
        catch
        {
            // The client is closed for it, but not before what it is owed: this will not come any more.
            pending.Told(DataOutcome.Refused(DataRefusal.Timeout("the store failed; whether the write was done is not known")));
            throw;
        }
    }

    private void Answer(in DataRequest request, MessageKind kind)
    {
        var reply = ReplyBuffer.Take();
        if (request.Failure is { } failure)
            DataReplyWriter.WriteFailed(reply, request.Mark, failure.Code, failure.Msg);
        else if (request.Operation == DataOperation.Get)
            kind = Get(request, kind, reply);
        else if (request.Operation == DataOperation.List)
            List(request, reply);
        else
            Watch(request, kind, reply);
        client.Send(kind, reply.WrittenSpan);
    }

    private MessageKind Get(in DataRequest request, MessageKind kind, ArrayBufferWriter<byte> reply)
    {
        var read = store.Get(request.Key);
        if (read.Refusal is { } refusal)
        {
            DataReplyWriter.WriteFailed(reply, request.Mark, refusal.Code, refusal.Msg);
            return kind;
        }

        if (read.Entry is not { } entry)
        {
            DataReplyWriter.WriteFailed(reply, request.Mark, DataCode.NotFound, PendingWrite.NoEntry);
            return kind;
        }

        var isText = kind == MessageKind.Text && DataReplyWriter.IsText(entry.Value.Span);
        DataReplyWriter.WriteEntry(reply, request.Mark, entry.Version, entry.Value.Span, isText);
        return isText ? MessageKind.Text : MessageKind.Binary;
    }

    private void List(in DataRequest request, ArrayBufferWriter<byte> reply)
    {
        var listing = store.List(new DataRange(request.Prefix, request.After, request.Limit, DataLimits.MaxListedBytes));
        if (listing.Refusal is { } refusal)
            DataReplyWriter.WriteFailed(reply, request.Mark, refusal.Code, refusal.Msg);
        else
            DataReplyWriter.WriteKeys(reply, request.Mark, listing.Keys, listing.More);
    }

    private void Watch(in DataRequest request, MessageKind kind, ArrayBufferWriter<byte> reply)
    {
        if (request.Operation == DataOperation.Unwatch)
        {
            Unwatch(request);
            DataReplyWriter.WriteDone(reply, request.Mark);
        }
        else if (store.ReadRefusal is { } refusal)
        {
            DataReplyWriter.WriteFailed(reply, request.Mark, refusal.Code, refusal.Msg);
        }
        else if (_watches.TryAdd(request.HasKey ? request.Key : request.Prefix, request.HasPrefix, kind))
        {
            DataReplyWriter.WriteDone(reply, request.Mark);
        }
        else
        {
            DataReplyWriter.WriteFailed(
                reply, request.Mark, DataCode.TooMany, $"this client has {ClientWatches.Most} watches, the most it may have; end one, or watch a prefix instead of many keys");
        }
    }

    private void Unwatch(in DataRequest request)
    {
        if (request.HasKey)
            _watches.Remove(request.Key, isPrefix: false);
        else if (request.HasPrefix)
            _watches.Remove(request.Prefix, isPrefix: true);
        else
            _watches.RemoveAll();
    }
}
