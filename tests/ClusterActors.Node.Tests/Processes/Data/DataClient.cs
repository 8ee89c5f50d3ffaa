using System.Buffers;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using ClusterActors.Client;
using ClusterActors.Protocol.Data;
using ClusterActors.Protocol.Frames;
using ClusterActors.TestSupport;

namespace ClusterActors.Node.Tests.Processes.Data;

/// <summary>
/// A client of handler <c>data</c> (PROTOCOL.md section 8) on one connection, with any number of requests under way. Requests go out in the order of
/// the calls, whether they are awaited or not; a connection that ends fails all that are not answered with <see cref="IOException"/>.
/// It leaves without a word.
/// </summary>
public sealed class DataClient : IAsyncDisposable
{
    private const int MaxReplyBytes = 8 * 1024 * 1024;

    private readonly Action _abort;
    private readonly Func<bool, ReadOnlyMemory<byte>, Task> _send;
    private readonly Func<Task<(bool IsText, ReadOnlyMemory<byte> Payload)>> _receive;
    private readonly Action<DataPush> _pushed;
    private readonly Channel<Request> _requests = Channel.CreateUnbounded<Request>();
    private readonly Channel<Request> _sent = Channel.CreateUnbounded<Request>();
    private readonly Task _run;
    private long _last;

    private DataClient(
        Action abort,
        Func<bool, ReadOnlyMemory<byte>, Task> send,
        Func<Task<(bool IsText, ReadOnlyMemory<byte> Payload)>> receive,
        Action<DataPush>? pushed)
    {
        _abort = abort;
        _send = send;
        _receive = receive;
        _pushed = pushed ?? (_ => { });
        _run = RunAsync();
    }

    private sealed record Request(bool IsText, ReadOnlyMemory<byte> Payload, string Seq)
    {
        public TaskCompletionSource<DataReply> Reply { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Whether the connection has ended.</summary>
    public bool IsOver => _run.IsCompleted;

    /// <summary>Connects over TCP (PROTOCOL.md section 1).</summary>
    /// <param name="port">A business port.</param>
    /// <param name="pushed">Is told what is pushed, in its order.</param>
    public static async Task<DataClient> ConnectAsync(int port, Action<DataPush>? pushed = null)
    {
        using var limit = new CancellationTokenSource(Eventually.Limit);
        var dialer = new LinkDialer(new ClientSettings { Timeout = Eventually.Limit, HandshakeTimeout = Eventually.Limit }, MaxReplyBytes, TimeProvider.System);
        FramedConnection connection;
        try
        {
            (connection, _) = await dialer.DialAsync(new ServerAddress("127.0.0.1", port), null, limit.Token);
        }
        catch (LinkException failure)
        {
            throw new IOException(failure.Message);
        }

        return new DataClient(
            connection.Abort,
            (isText, payload) => connection.SendAsync(isText ? Opcode.Text : Opcode.Binary, payload.Span, CancellationToken.None),
            async () =>
            {
                var message = await connection.ReceiveAsync(CancellationToken.None);
                return (message.IsText, message.Payload);
            },
            pushed);
    }

    /// <summary>Connects over a WebSocket (PROTOCOL.md section 7).</summary>
    public static async Task<DataClient> ConnectWebSocketAsync(int port, Action<DataPush>? pushed = null)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/"), CancellationToken.None);
        return new DataClient(
            socket.Dispose,
            (isText, payload) => socket.SendAsync(payload, isText ? WebSocketMessageType.Text : WebSocketMessageType.Binary, true, CancellationToken.None).AsTask(),
            () => ReceiveAsync(socket),
            pushed);
    }

    /// <summary>Writes an entry, in a binary message.</summary>
    public Task<DataReply> PutAsync(string key, ReadOnlyMemory<byte> value, EntryCondition condition = default, int expires = 0) =>
        AskAsync((writer, seq) => DataRequestWriter.WritePut(writer, seq, key, value.Span, condition, expires));

    /// <summary>Writes an entry whose value is text.</summary>
    public Task<DataReply> PutAsync(string key, string value, EntryCondition condition = default, int expires = 0) =>
        PutAsync(key, Encoding.UTF8.GetBytes(value), condition, expires);

    /// <summary>Reads an entry.</summary>
    public Task<DataReply> GetAsync(string key) => AskAsync((writer, seq) => DataRequestWriter.WriteGet(writer, seq, key));

    /// <summary>Removes an entry.</summary>
    public Task<DataReply> RemoveAsync(string key, EntryCondition condition = default) =>
        AskAsync((writer, seq) => DataRequestWriter.WriteRemove(writer, seq, key, condition));

    /// <summary>Lists keys.</summary>
    public Task<DataReply> ListAsync(string prefix, string after, int limit) =>
        AskAsync((writer, seq) => DataRequestWriter.WriteList(writer, seq, prefix, after, limit));

    /// <summary>Watches every key that begins so.</summary>
    public Task<DataReply> WatchAsync(string prefix) => AskAsync((writer, seq) => DataRequestWriter.WriteWatch(writer, seq, prefix, isPrefix: true));

    /// <summary>Sends a request as a text message.</summary>
    /// <param name="parameters">All of it but <c>seq</c>.</param>
    public Task<DataReply> AskTextAsync(string parameters)
    {
        var seq = NextSeq();
        return PostAsync(new Request(true, Encoding.UTF8.GetBytes($"{parameters}&seq={seq}"), seq));
    }

    /// <summary>Reads an entry as text.</summary>
    public async Task<string> GetTextAsync(string key) => TextOf(await GetAsync(key));

    /// <summary>The value of an answer as text; the code of one that is none.</summary>
    public static string TextOf(DataReply reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        return reply.IsOk ? Encoding.UTF8.GetString(reply.Value.Span) : reply.Code ?? "";
    }

    public async ValueTask DisposeAsync()
    {
        _requests.Writer.TryComplete();
        await _run;
    }

    private static async Task<(bool IsText, ReadOnlyMemory<byte> Payload)> ReceiveAsync(ClientWebSocket socket)
    {
        using var message = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            if (part.MessageType == WebSocketMessageType.Close)
                throw new IOException($"the server closed: {socket.CloseStatus} {socket.CloseStatusDescription}");
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
                return (part.MessageType == WebSocketMessageType.Text, message.ToArray());
        }
    }

    private Task<DataReply> AskAsync(Action<IBufferWriter<byte>, string> write)
    {
        var seq = NextSeq();
        var payload = new ArrayBufferWriter<byte>();
        write(payload, seq);
        return PostAsync(new Request(false, payload.WrittenMemory, seq));
    }

    private string NextSeq() => Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture);

    private Task<DataReply> PostAsync(Request request) =>
        _requests.Writer.TryWrite(request) ? request.Reply.Task : Task.FromException<DataReply>(new IOException("the connection has ended"));

    private async Task RunAsync()
    {
        var receiver = ReceiveAllAsync();
        var sender = SendAllAsync();
        var failure = new IOException("the connection has ended");
        try
        {
            await await Task.WhenAny(sender, receiver);
        }
        catch (Exception reason)
        {
            failure = new IOException(reason.Message, reason);
        }

        // What ended one of the two ends the other.
        _requests.Writer.TryComplete();
        _abort();
        await receiver.ContinueWith(_ => { }, TaskScheduler.Default);
        await sender.ContinueWith(_ => { }, TaskScheduler.Default);
        while (_sent.Reader.TryRead(out var request) || _requests.Reader.TryRead(out request))
            request.Reply.TrySetException(failure);
    }

    private async Task SendAllAsync()
    {
        await foreach (var request in _requests.Reader.ReadAllAsync())
        {
            await _sent.Writer.WriteAsync(request);
            await _send(request.IsText, request.Payload);
        }
    }

    private async Task ReceiveAllAsync()
    {
        while (true)
        {
            var (isText, payload) = await _receive();
            if (!DataReplyReader.TryRead(!isText, payload.Span, out var reply, out var push, out var reason))
                throw new IOException($"the server sent what cannot be read: {reason}");
            if (push is not null)
            {
                _pushed(push);
                continue;
            }

            if (!_sent.Reader.TryRead(out var request) || reply!.Seq != request.Seq)
                throw new IOException($"an answer to {reply!.Seq} came, out of order or twice");
            request.Reply.SetResult(reply);
        }
    }
}
