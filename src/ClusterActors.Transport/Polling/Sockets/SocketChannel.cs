using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;

namespace ClusterActors.Transport.Polling.Sockets;

/// <summary>
/// A socket watched by a <see cref="SocketPoller"/>: a receive of zero bytes tells when there is something to read, and output
/// that does not fit now goes out in an asynchronous send of a copy.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Close gives both back, once their operations have ended.")]
internal sealed class SocketChannel : IChannel
{
    private const int SendChunk = 64 * 1024;
    private const int Nothing = 0;
    private const int Succeeded = 1;
    private const int Failed = 2;

    private readonly Socket _socket;
    private readonly IChannelHandler _handler;
    private readonly SocketAsyncEventArgs _receive = new();
    private SocketAsyncEventArgs? _send;
    private byte[]? _sending;
    private volatile SocketPoller? _poller;
    private int _receiveResult;
    private int _sendResult;
    private bool _receiving;
    private bool _open = true;

    public SocketChannel(SocketPoller poller, Socket socket, IChannelHandler handler)
    {
        _poller = poller;
        _socket = socket;
        _handler = handler;
        _receive.SetBuffer(Array.Empty<byte>(), 0, 0);
        _receive.Completed += (_, args) => Received(args);
    }

    /// <summary>Who watches it; <see langword="null"/> on the way from one to another.</summary>
    public SocketPoller? Poller
    {
        get => _poller;
        set => _poller = value;
    }

    public IoResult Receive(Span<byte> buffer)
    {
        var count = _socket.Receive(buffer, SocketFlags.None, out var error);
        return new IoResult(count, error);
    }

    public IoResult Send(ReadOnlySpan<byte> bytes)
    {
        // What waits behind an asynchronous send must not overtake it.
        if (_sending is not null)
            return IoResult.WouldBlock;
        var count = _socket.Send(bytes, SocketFlags.None, out var error);
        return new IoResult(count, error);
    }

    public void AwaitReadable()
    {
        if (_receiving || !_open)
            return;
        _receiving = true;
        if (!_socket.ReceiveAsync(_receive))
            Received(_receive);
    }

    public void AwaitWritable(ReadOnlySpan<byte> pending)
    {
        if (_sending is not null || !_open)
            return;
        var length = Math.Min(pending.Length, SendChunk);
        _sending = ArrayPool<byte>.Shared.Rent(length);
        pending[..length].CopyTo(_sending);
        if (_send is null)
        {
            _send = new SocketAsyncEventArgs();
            _send.Completed += (_, args) => Sent(args);
        }

        _send.SetBuffer(_sending, 0, length);
        if (!_socket.SendAsync(_send))
            Sent(_send);
    }

    public void ShutdownSend()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The far end was faster: there is nothing left to tell it.
        }
    }

    public void Close(bool reset)
    {
        if (!_open)
            return;
        _open = false;

        // Without a shutdown, .NET closes a socket on which it has to cancel an operation with a reset instead of a FIN.
        if (reset)
            _socket.LingerState = new LingerOption(true, 0);
        else
            ShutdownSend();
        _socket.Dispose();
        if (!_receiving)
            _receive.Dispose();
        if (_sending is null)
            _send?.Dispose();
    }

    /// <summary>Takes the results that have come in. Runs on the loop's thread.</summary>
    internal void Apply()
    {
        var received = Interlocked.Exchange(ref _receiveResult, Nothing);
        if (received != Nothing)
            ApplyReceive(received);
        var sent = Interlocked.Exchange(ref _sendResult, Nothing);
        if (sent != Nothing)
            ApplySend();
    }

    private void ApplyReceive(int result)
    {
        _receiving = false;
        if (_open)
            _handler.OnReadable(result == Failed);
        else
            _receive.Dispose();
    }

    private void ApplySend()
    {
        var sent = _send!.BytesTransferred;
        ArrayPool<byte>.Shared.Return(_sending!);
        _sending = null;
        if (!_open)
            _send.Dispose();
        else
            _handler.OnWritable(sent);
    }

    private void Received(SocketAsyncEventArgs args) => Note(ref _receiveResult, args);

    private void Sent(SocketAsyncEventArgs args) => Note(ref _sendResult, args);

    // On any thread. Noted first: whoever attaches this channel after the poller was looked up finds the result by himself.
    private void Note(ref int result, SocketAsyncEventArgs args)
    {
        Interlocked.Exchange(ref result, args.SocketError == SocketError.Success ? Succeeded : Failed);
        _poller?.Complete(this);
    }
}
