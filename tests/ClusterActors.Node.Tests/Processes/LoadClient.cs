using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using ClusterActors.Client;
using ClusterActors.TestSupport;

namespace ClusterActors.Node.Tests.Processes;

/// <summary>
/// A client that never rests: has some messages under way at every moment and checks that each is answered by an echo of itself,
/// in order, over the one connection it has.
/// </summary>
public sealed class LoadClient : IAsyncDisposable
{
    private const int UnderWay = 4;

    private readonly Func<byte[], CancellationToken, Task> _send;
    private readonly Func<CancellationToken, Task<byte[]>> _receive;
    private readonly IAsyncDisposable _connection;
    private readonly Task _run;
    private readonly int _number;
    private volatile bool _over;
    private long _answered;

    private LoadClient(
        int number, IAsyncDisposable connection, Func<byte[], CancellationToken, Task> send, Func<CancellationToken, Task<byte[]>> receive)
    {
        _number = number;
        _connection = connection;
        _send = send;
        _receive = receive;
        _run = RunAsync();
    }

    /// <summary>Messages that were answered so far.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>What went wrong, when something did; otherwise it is still at work.</summary>
    public Exception? Failure => _run.Exception?.InnerException;

    /// <summary>Over a connection of the client library (PROTOCOL.md sections 1 and 2).</summary>
    public static LoadClient Over(WorkerConnection connection, int number) => new(
        number,
        connection,
        (message, cancellation) => connection.SendAsync(message, cancellation),
        async cancellation => (await connection.ReceiveAsync(cancellation)).Payload.ToArray());

    /// <summary>Over a WebSocket (PROTOCOL.md section 7).</summary>
    public static async Task<LoadClient> OverWebSocketAsync(int port, int number)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/"), CancellationToken.None);
        return new LoadClient(
            number,
            new Owned(socket),
            (message, cancellation) => socket.SendAsync(message, WebSocketMessageType.Binary, true, cancellation),
            cancellation => ReceiveAsync(socket, cancellation));
    }

    /// <summary>Sends no more and waits for the last answer.</summary>
    /// <exception cref="InvalidOperationException">An answer was wrong, out of order, or never came.</exception>
    public async Task FinishAsync()
    {
        _over = true;
        try
        {
            await _run.WaitAsync(Eventually.Limit);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"client {_number}, {Answered} answers: {failure.Message}", failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _over = true;
        await _connection.DisposeAsync();
    }

    private static async Task<byte[]> ReceiveAsync(ClientWebSocket socket, CancellationToken cancellation)
    {
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), cancellation);
            if (part.MessageType == WebSocketMessageType.Close)
                throw new InvalidOperationException($"the server closed: {socket.CloseStatus} {socket.CloseStatusDescription}");
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
                return message.ToArray();
        }
    }

    private async Task RunAsync()
    {
        var expected = Channel.CreateBounded<long>(UnderWay);
        var sender = SendAllAsync(expected.Writer);
        var receiver = ReceiveAllAsync(expected.Reader);
        await await Task.WhenAny(sender, receiver);
        await Task.WhenAll(sender, receiver);
    }

    private async Task SendAllAsync(ChannelWriter<long> expected)
    {
        for (var index = 0L; !_over; index++)
        {
            using var limit = new CancellationTokenSource(Eventually.Limit);
            await expected.WriteAsync(index, limit.Token);
            await _send(Message(index), limit.Token);
        }

        expected.Complete();
    }

    private async Task ReceiveAllAsync(ChannelReader<long> expected)
    {
        await foreach (var index in expected.ReadAllAsync())
        {
            using var limit = new CancellationTokenSource(Eventually.Limit);
            var answer = await _receive(limit.Token);
            if (!answer.AsSpan().SequenceEqual(Message(index)))
                throw new InvalidOperationException($"the answer to message {index} is wrong: {answer.Length} bytes, {Start(answer)}");
            Interlocked.Increment(ref _answered);
        }
    }

    /// <summary>Of any size, and different from every other message of any client.</summary>
    private byte[] Message(long index)
    {
        var length = index % 50 == 49 ? 100_000 : 20 + (int)(((index * 37) + _number) % 500);
        var message = new byte[length];
        new Random((int)((index * 1_000) + _number)).NextBytes(message);
        Encoding.ASCII.GetBytes($"{_number}:{index}").CopyTo(message, 0);
        return message;
    }

    private static string Start(byte[] message) => Encoding.ASCII.GetString(message.AsSpan(0, Math.Min(12, message.Length)));

    private sealed class Owned(ClientWebSocket socket) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            socket.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
