using System.Net.Sockets;

namespace ClusterActors.Transport.Polling.Epoll;

/// <summary>A socket watched by an <see cref="EpollPoller"/>.</summary>
internal sealed unsafe class EpollChannel(Socket socket, IChannelHandler handler) : IChannel
{
    private EpollPoller? _poller;

    public int Descriptor { get; } = (int)socket.SafeHandle.DangerousGetHandle();

    public IChannelHandler Handler { get; } = handler;

    /// <summary>Under which the present poller knows it.</summary>
    public ulong Token { get; private set; }

    public bool IsOpen { get; private set; } = true;

    /// <summary>Whether a poller watches it.</summary>
    public bool IsWatched => _poller is not null;

    public void WatchedBy(EpollPoller? poller, ulong token)
    {
        _poller = poller;
        Token = token;
    }

    public IoResult Receive(Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            nint count;
            do
            {
                count = NativeMethods.Receive(Descriptor, start, (nuint)buffer.Length, NativeMethods.DontWait);
            }
            while (count < 0 && NativeMethods.LastWasInterrupted);
            return count >= 0 ? new IoResult((int)count, SocketError.Success) : new IoResult(0, NativeMethods.LastSocketError());
        }
    }

    public IoResult Send(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            nint count;
            do
            {
                count = NativeMethods.Send(Descriptor, start, (nuint)bytes.Length, NativeMethods.NoSignal | NativeMethods.DontWait);
            }
            while (count < 0 && NativeMethods.LastWasInterrupted);
            return count >= 0 ? new IoResult((int)count, SocketError.Success) : new IoResult(0, NativeMethods.LastSocketError());
        }
    }

    public void AwaitReadable()
    {
        // The registration is edge-triggered: the next bytes bring the next event by themselves.
    }

    public void AwaitWritable(ReadOnlySpan<byte> pending)
    {
        // As above: the kernel reports the moment at which a full send buffer has room again.
    }

    public void ShutdownSend()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The far end was faster: there is nothing left to tell it.
        }
    }

    public void Close(bool reset)
    {
        if (!IsOpen)
            return;
        IsOpen = false;
        _poller?.Forget(this);
        if (reset)
            socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
    }
}
