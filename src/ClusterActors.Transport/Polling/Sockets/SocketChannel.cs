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

    private readonly SocketPoller _poller;
    private readonly Socket _socket;
    private readonly IChannelHandler _handler;
    private readonly SocketAsyncEventArgs _receive = new();
    private SocketAsyncEventArgs? _send;
    private byte[]? _sending;
    private bool _receiving;
    private bool _open = true;

    public SocketChannel(SocketPoller poller, Socket socket, IChannelHandler handler)
    {
        _poller = poller;
        _socket = socket;
        _handler = handler;
        _receive.SetBuffer(Array.Empty<byte>(), 0, 0);
        _receive.Completed += (_, args) => _poller.Complete(Received(args));
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
            _poller.Complete(Received(_receive));
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
            _send.Completed += (_, args) => _poller.Complete(Sent(args));
        }

        _send.SetBuffer(_sending, 0, length);
        if (!_socket.SendAsync(_send))
            _poller.Complete(Sent(_send));
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

    /// <summary>Runs on the loop's thread.</summary>
    internal void OnCompleted(SocketCompletion completion)
    {
        if (completion.Sent == SocketCompletion.WasReceive)
        {
            _receiving = false;
            if (_open)
                _handler.OnReadable(completion.Failed);
            else
                _receive.Dispose();
            return;
        }

        ArrayPool<byte>.Shared.Return(_sending!);
        _sending = null;
        if (!_open)
            _send!.Dispose();
        else
            _handler.OnWritable(completion.Sent);
    }

    private SocketCompletion Received(SocketAsyncEventArgs args) =>
        new(this, SocketCompletion.WasReceive, args.SocketError != SocketError.Success);

    private SocketCompletion Sent(SocketAsyncEventArgs args) =>
        new(this, args.BytesTransferred, args.SocketError != SocketError.Success);
}
