using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using ClusterActors.Protocol;
using ClusterActors.Protocol.Data;

namespace ClusterActors.Client;

/// <summary>
/// Requests and replies of handler <c>data</c> on one connection: replies come in the order of the requests, pushes between them
/// (PROTOCOL.md section 8).
/// </summary>
internal sealed class DataTalk : IAsyncDisposable
{
    /// <summary>Requests that may wait for their replies; further ones wait to be sent.</summary>
    private const int MostOutstanding = 1000;

    private sealed record Asked(string Seq, TaskCompletionSource<DataReply> Reply);

    private readonly WorkerConnection _connection;
    private readonly ConcurrentQueue<Asked> _outstanding = new();
    private readonly SemaphoreSlim _room = new(MostOutstanding);
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _end = new();
    private readonly Channel<DataPush> _pushes;
    private readonly Task _receiving;
    private volatile ConnectionLostException? _lost;
    private long _lastSeq;

    public DataTalk(WorkerConnection connection, int mostPushes)
    {
        _connection = connection;
        _pushes = Channel.CreateBounded<DataPush>(mostPushes);
        _receiving = ReceiveAsync();
    }

    /// <summary>Pushes that were not read yet; ends with <see cref="ConnectionLostException"/>.</summary>
    public ChannelReader<DataPush> Pushes => _pushes.Reader;

    /// <summary>Sends a request and waits for its reply.</summary>
    /// <param name="write">Writes the request with the mark it is given.</param>
    /// <param name="cancellation">Ends the wait. A request that was sent may be executed nevertheless.</param>
    /// <exception cref="ConnectionLostException">The connection has ended: the request may have been executed.</exception>
    public async Task<DataReply> AskAsync(Action<IBufferWriter<byte>, string> write, CancellationToken cancellation)
    {
        await _room.WaitAsync(cancellation);
        Asked asked;
        try
        {
            asked = await SendAsync(write, cancellation);
        }
        catch
        {
            _room.Release();
            throw;
        }

        return await asked.Reply.Task.WaitAsync(cancellation);
    }

    /// <summary>Closes the connection; what is still waited for fails.</summary>
    public async ValueTask DisposeAsync()
    {
        // The one who receives closes, since closing receives too.
        await _end.CancelAsync();
        await _receiving;
    }

    private async Task<Asked> SendAsync(Action<IBufferWriter<byte>, string> write, CancellationToken cancellation)
    {
        await _sending.WaitAsync(cancellation);
        try
        {
            var seq = (++_lastSeq).ToString(CultureInfo.InvariantCulture);
            var payload = new ArrayBufferWriter<byte>();
            write(payload, seq);
            var asked = new Asked(seq, new TaskCompletionSource<DataReply>(TaskCreationOptions.RunContinuationsAsynchronously));
            _outstanding.Enqueue(asked);

            // Looked at behind the queue: whoever ends the connection sets it first and empties the queue then.
            if (_lost is { } lost)
                throw lost;

            // Not given up in the middle: half a request would spoil the connection.
            await _connection.SendAsync(payload.WrittenMemory, CancellationToken.None);
            return asked;
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task ReceiveAsync()
    {
        try
        {
            while (true)
                Take(await _connection.ReceiveAsync(_end.Token));
        }
        catch (ConnectionLostException failure)
        {
            Lose(failure);
        }
        catch (OperationCanceledException)
        {
            Lose(Broken("was left by this side"));
        }

        await _connection.DisposeAsync();
    }

    private void Take(WorkerMessage message)
    {
        if (!DataReplyReader.TryRead(!message.IsText, message.Payload.Span, out var reply, out var push, out var reason))
            throw Broken($"sent what cannot be read: {reason}");
        if (push is not null)
        {
            if (!_pushes.Writer.TryWrite(push))
                throw Broken("sent more pushes than were read: the connection is given up");
            return;
        }

        // It stays in the queue until it has its reply: whoever loses the connection fails those that are there.
        if (!_outstanding.TryPeek(out var asked) || reply!.Seq != asked.Seq)
            throw Broken($"sent a reply with seq {Wording.Quote(reply!.Seq ?? "")}, which is not the next one due");
        _ = _outstanding.TryDequeue(out _);
        _room.Release();
        asked.Reply.TrySetResult(reply);
    }

    private ConnectionLostException Broken(string reason) => new(_connection.Allocation.Worker, reason);

    private void Lose(ConnectionLostException failure)
    {
        _lost = failure;
        _pushes.Writer.TryComplete(failure);
        while (_outstanding.TryDequeue(out var asked))
        {
            _room.Release();
            asked.Reply.TrySetException(failure);
        }
    }
}
