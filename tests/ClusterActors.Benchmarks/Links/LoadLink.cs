using System.Buffers;
using System.Net;
using System.Net.Sockets;
using ClusterActors.Protocol;
using ClusterActors.Protocol.Frames;
using ClusterActors.Protocol.Handshake;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Benchmarks.Links;

/// <summary>A link to a manager on a blocking socket, used by one thread (PROTOCOL.md sections 1 to 3).</summary>
internal sealed class LoadLink : IDisposable
{
    private const int FirstBufferBytes = 512;
    private const int MaxReplyBytes = 64 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Socket _socket;
    private readonly FrameReader _frames = new(FrameRules.Link with { MaxMessageBytes = MaxReplyBytes });
    private readonly ArrayBufferWriter<byte> _message = new(FirstBufferBytes);
    private readonly ArrayBufferWriter<byte> _output = new(FirstBufferBytes);
    private byte[] _input = new byte[FirstBufferBytes];
    private int _held;

    private LoadLink(Socket socket) => _socket = socket;

    /// <summary>Payload bytes of the last reply.</summary>
    public int ReplyBytes { get; private set; }

    /// <summary>Dials and shakes hands.</summary>
    /// <param name="manager">Where to.</param>
    /// <param name="host">Own address, as the handshake tells it.</param>
    /// <exception cref="IOException">The manager refused, or answered something wrong.</exception>
    /// <exception cref="SocketException">It cannot be reached, or did not answer within 5 s.</exception>
    public static LoadLink Open(IPEndPoint manager, string host)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = (int)Patience.TotalMilliseconds,
            SendTimeout = (int)Patience.TotalMilliseconds,
        };
        var link = new LoadLink(socket);
        try
        {
            socket.Connect(manager);
            link.ShakeHands(new HandshakeRequest(host, HandshakeKey.Create(), HandshakeRequest.Clusters));
        }
        catch
        {
            link.Dispose();
            throw;
        }

        return link;
    }

    /// <summary>Sends one message in a masked frame of its own.</summary>
    public void Send(Message message)
    {
        _message.ResetWrittenCount();
        MessageWriter.Write(_message, message);
        _output.ResetWrittenCount();
        FrameWriter.WriteMasked(_output, Opcode.Text, _message.WrittenSpan);
        SendAll(_output.WrittenSpan);
    }

    /// <summary>Waits until something can be read.</summary>
    /// <param name="time">How long; rounded up to milliseconds, since the socket rounds down and would spin.</param>
    /// <returns>False when nothing came in that time.</returns>
    public bool Wait(TimeSpan time) =>
        _socket.Poll(TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds)), SelectMode.SelectRead);

    /// <summary>Reads until a whole message is there; waits at most 5 s for each part of it.</summary>
    /// <exception cref="IOException">The link was closed, or what came is no message.</exception>
    /// <exception cref="SocketException">Nothing came in time.</exception>
    public Message Receive()
    {
        while (true)
        {
            if (TryTake(out var message))
                return message;
            Fill();
        }
    }

    /// <summary>Reads what is there, without waiting for the rest of a message.</summary>
    /// <exception cref="IOException">The link was closed, or what came is no message.</exception>
    public bool TryReceive(out Message message)
    {
        Fill();
        return TryTake(out message);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _frames.Dispose();
    }

    private void ShakeHands(HandshakeRequest request)
    {
        HandshakeWriter.WriteRequest(_output, request);
        SendAll(_output.WrittenSpan);
        var status = ReadStatus.NeedMore;
        while (status == ReadStatus.NeedMore)
        {
            Fill();
            status = HandshakeResponseReader.TryRead(
                _input.AsSpan(0, _held), request, HandshakeRequest.DefaultMaxBytes, out _, out var consumed, out var reason);
            if (status == ReadStatus.Violation)
                throw new IOException(reason);
            Drop(consumed);
        }
    }

    private bool TryTake(out Message message)
    {
        while (true)
        {
            var found = _frames.Read(_input.AsSpan(0, _held), out var consumed);
            switch (found.Kind)
            {
                case FrameEventKind.NeedMore:
                    Drop(consumed);
                    if (found.NeededBytes > _input.Length)
                        Array.Resize(ref _input, found.NeededBytes);
                    message = null!;
                    return false;
                case FrameEventKind.Ping:
                    _output.ResetWrittenCount();
                    FrameWriter.WritePong(_output, found.Payload);
                    SendAll(_output.WrittenSpan);
                    break;
                case FrameEventKind.Pong:
                    break;
                case FrameEventKind.Text when MessageReader.TryRead(found.Payload, out var read, out _):
                    ReplyBytes = found.Payload.Length;
                    message = read!;
                    Drop(consumed);
                    return true;
                default:
                    throw new IOException($"the manager sent {found.Kind} {found.CloseCode} {found.Reason}");
            }

            Drop(consumed);
        }
    }

    private void Fill()
    {
        if (_held == _input.Length)
            Array.Resize(ref _input, _input.Length * 2);
        var received = _socket.Receive(_input.AsSpan(_held));
        if (received == 0)
            throw new IOException("the manager closed the link");
        _held += received;
    }

    private void Drop(int consumed)
    {
        _input.AsSpan(consumed, _held - consumed).CopyTo(_input);
        _held -= consumed;
    }

    private void SendAll(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[_socket.Send(bytes)..];
    }
}
