using System.Buffers;
using System.Net;
using System.Net.Sockets;
using ClusterActors.Protocol.Frames;
using ClusterActors.Protocol.Handshake;

namespace ClusterActors.Client;

/// <summary>
/// The dialer's side of one connection: handshake, then frames (PROTOCOL.md sections 1 and 2). Pings and closes of the far
/// end are answered while receiving. One send and one receive may be under way at the same time.
/// </summary>
internal sealed class FramedConnection : IAsyncDisposable
{
    private readonly NetworkStream _stream;
    private readonly FrameReader _frames;
    private readonly ReceiveBuffer _received = new();
    private readonly TimeSpan _closeTimeout;
    private readonly TimeProvider _time;
    private bool _ended;

    private FramedConnection(Socket socket, FrameRules rules, TimeSpan closeTimeout, TimeProvider time)
    {
        _stream = new NetworkStream(socket, ownsSocket: true);
        _frames = new FrameReader(rules);
        _closeTimeout = closeTimeout;
        _time = time;
        var local = (IPEndPoint)socket.LocalEndPoint!;
        var address = local.Address.IsIPv4MappedToIPv6 ? local.Address.MapToIPv4() : new IPAddress(local.Address.GetAddressBytes());
        Local = new IPEndPoint(address, local.Port);
    }

    /// <summary>This side's address and port.</summary>
    public IPEndPoint Local { get; }

    /// <summary>Bytes that arrived ahead of the first frame, for the handshake.</summary>
    public ReceiveBuffer Received => _received;

    /// <summary>Opens a TCP connection.</summary>
    /// <exception cref="LinkException">There is none to be had.</exception>
    public static async Task<FramedConnection> ConnectAsync(
        ServerAddress address, FrameRules rules, TimeSpan closeTimeout, TimeProvider time, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address.Host, address.Port, cancellation);
            return new FramedConnection(socket, rules, closeTimeout, time);
        }
        catch (SocketException failure)
        {
            socket.Dispose();
            throw new LinkException(SocketWords.Of(failure));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a handshake request in one write (PROTOCOL.md section 5).</summary>
    public Task SendRequestAsync(HandshakeRequest request, CancellationToken cancellation)
    {
        var bytes = new ArrayBufferWriter<byte>();
        HandshakeWriter.WriteRequest(bytes, request);
        return WriteAsync(bytes.WrittenMemory, cancellation);
    }

    /// <summary>Sends one frame, unmasked as on all links.</summary>
    public Task SendAsync(Opcode opcode, ReadOnlySpan<byte> payload, CancellationToken cancellation)
    {
        var bytes = new ArrayBufferWriter<byte>();
        FrameWriter.Write(bytes, opcode, payload);
        return WriteAsync(bytes.WrittenMemory, cancellation);
    }

    /// <summary>Receives more bytes into <see cref="Received"/>.</summary>
    /// <returns>False at the end of the stream.</returns>
    /// <exception cref="LinkException">The connection broke.</exception>
    public async Task<bool> FillAsync(CancellationToken cancellation)
    {
        try
        {
            var count = await _stream.ReadAsync(_received.Room(), cancellation);
            _received.Filled(count);
            return count > 0;
        }
        catch (IOException failure)
        {
            _ended = true;
            throw new LinkException(SocketWords.Of(failure));
        }
    }

    /// <summary>Receives the next message.</summary>
    /// <exception cref="LinkException">The far end closed, broke off or broke the protocol.</exception>
    public async Task<WorkerMessage> ReceiveAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var next = NextFrame();
            switch (next.Kind)
            {
                case FrameEventKind.Text or FrameEventKind.Binary:
                    return new WorkerMessage(next.Kind == FrameEventKind.Text, next.Payload);
                case FrameEventKind.Ping:
                    await SendAsync(Opcode.Pong, next.Payload, cancellation);
                    break;
                case FrameEventKind.Close:
                    await EndAsync(code: null);
                    throw new LinkException($"closed the connection{Words(next.Code, next.Reason)}");
                case FrameEventKind.Violation:
                    await EndAsync(next.Code);
                    throw new LinkException($"broke the protocol: {next.Reason}");
                case FrameEventKind.NeedMore when !await FillAsync(cancellation):
                    _ended = true;
                    throw new LinkException(
                        _received.Unread.IsEmpty && !_frames.IsInsideMessage ? "closed the connection" : "broke off in the middle of a message");
            }
        }
    }

    /// <summary>Drops the connection without a word.</summary>
    public void Abort()
    {
        _ended = true;
        _frames.Dispose();
        _stream.Dispose();
    }

    /// <summary>Closes: sends a close frame and waits a moment for the far end's (PROTOCOL.md section 2).</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_ended)
            await CloseAsync();
        Abort();
    }

    private async Task CloseAsync()
    {
        using var limit = new CancellationTokenSource(_closeTimeout, _time);
        try
        {
            await SendAsync(Opcode.Close, [], limit.Token);
            while (NextFrame().Kind is not (FrameEventKind.Close or FrameEventKind.Violation) && await FillAsync(limit.Token))
            {
            }
        }
        catch (Exception failure) when (failure is LinkException or OperationCanceledException)
        {
            // Nobody is left to be polite to.
        }
    }

    private async Task EndAsync(int? code)
    {
        _ended = true;
        var bytes = new ArrayBufferWriter<byte>();
        FrameWriter.WriteClose(bytes, code);
        using var limit = new CancellationTokenSource(_closeTimeout, _time);
        try
        {
            await WriteAsync(bytes.WrittenMemory, limit.Token);
        }
        catch (Exception failure) when (failure is LinkException or OperationCanceledException)
        {
            // What ended the connection is told; that its answer was not taken adds nothing.
        }
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        try
        {
            await _stream.WriteAsync(bytes, cancellation);
        }
        catch (IOException failure)
        {
            _ended = true;
            throw new LinkException(SocketWords.Of(failure));
        }
    }

    private (FrameEventKind Kind, byte[] Payload, int Code, string? Reason) NextFrame()
    {
        var found = _frames.Read(_received.Unread, out var consumed);

        // The payload lies in the buffer, which is about to move on.
        var payload = found.Payload.ToArray();
        _received.Consume(consumed);
        return (found.Kind, payload, found.CloseCode, found.Reason);
    }

    private static string Words(int code, string? reason) =>
        (code == CloseCode.None ? "" : $" with code {code}") + (reason is null ? "" : $": {reason}");
}
