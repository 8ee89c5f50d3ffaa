using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ClusterActors.Transport.Polling.Epoll;

/// <summary>
/// Linux epoll, edge-triggered: a socket is registered once for reading and writing and never modified, so that pausing and
/// resuming a connection costs no system call.
/// </summary>
internal sealed unsafe class EpollPoller : IPoller
{
    private const int Capacity = 256;
    private const ulong WakeToken = ulong.MaxValue;

    private readonly byte* _events;
    private readonly SafeFileHandle _epoll;
    private readonly SafeFileHandle _wake;
    private readonly Stack<int> _free = new();
    private EpollChannel?[] _channels = new EpollChannel?[64];
    private uint _generation;
    private int _ready;
    private bool _disposed;

    public EpollPoller()
    {
        _epoll = Owned(NativeMethods.EpollCreate(NativeMethods.EpollCloseOnExec), "epoll_create1");
        try
        {
            _wake = Owned(NativeMethods.EventDescriptor(0, NativeMethods.EventCloseOnExec | NativeMethods.EventNonBlocking), "eventfd");
        }
        catch
        {
            _epoll.Dispose();
            throw;
        }

        _events = (byte*)NativeMemory.Alloc((nuint)(Capacity * NativeMethods.EventSize));
        Add((int)_wake.DangerousGetHandle(), NativeMethods.In, WakeToken);
        for (var slot = _channels.Length - 1; slot >= 0; slot--)
            _free.Push(slot);
    }

    public IChannel Register(Socket socket, IChannelHandler handler)
    {
        var channel = new EpollChannel(socket, handler);
        Watch(channel);
        return channel;
    }

    public void Detach(IChannel channel) => Forget((EpollChannel)channel);

    // Edges from before are told again: a new registration begins with all that is the case.
    public void Attach(IChannel channel)
    {
        if (channel is EpollChannel { IsOpen: true, IsWatched: false } detached)
            Watch(detached);
    }

    public void Wait(int milliseconds)
    {
        _ready = NativeMethods.EpollWait(_epoll, _events, Capacity, milliseconds);
        if (_ready < 0 && !NativeMethods.LastWasInterrupted)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "epoll_wait failed");
    }

    public void Dispatch()
    {
        for (var i = 0; i < _ready; i++)
        {
            var entry = _events + (i * NativeMethods.EventSize);
            var flags = Unsafe.ReadUnaligned<uint>(entry);
            var token = Unsafe.ReadUnaligned<ulong>(entry + NativeMethods.EventDataOffset);
            if (token == WakeToken)
                ClearWake();
            else
                Dispatch(token, flags);
        }
    }

    public void Wake()
    {
        var one = 1ul;
        try
        {
            _ = NativeMethods.Write(_wake, (byte*)&one, sizeof(ulong));
        }
        catch (ObjectDisposedException)
        {
            // Nobody waits any more. The handle, unlike a bare number, makes sure that no other file is written to instead.
        }
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _epoll.Dispose();
        _wake.Dispose();
        NativeMemory.Free(_events);
    }

    /// <summary>Stops watching a channel.</summary>
    internal void Forget(EpollChannel channel)
    {
        if (!channel.IsWatched)
            return;
        _ = NativeMethods.EpollControl(_epoll, NativeMethods.ControlDelete, channel.Descriptor, _events);
        Release(channel.Token);
        channel.WatchedBy(null, 0);
    }

    private static SafeFileHandle Owned(int descriptor, string call) => descriptor >= 0
        ? new SafeFileHandle(descriptor, ownsHandle: true)
        : throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{call} failed");

    private void Watch(EpollChannel channel)
    {
        var slot = TakeSlot();
        var token = ((ulong)++_generation << 32) | (uint)slot;
        try
        {
            Add(channel.Descriptor, NativeMethods.In | NativeMethods.Out | NativeMethods.ReadHangUp | NativeMethods.EdgeTriggered, token);
        }
        catch
        {
            Release(token);
            throw;
        }

        _channels[slot] = channel;
        channel.WatchedBy(this, token);
    }

    private void Release(ulong token)
    {
        var slot = (int)(uint)token;
        _channels[slot] = null;
        _free.Push(slot);
    }

    private void Dispatch(ulong token, uint flags)
    {
        // A handler earlier in this round may have closed the channel, and its slot may serve another one by now.
        if (_channels[(int)(uint)token] is not { } channel || channel.Token != token)
            return;

        if ((flags & (NativeMethods.In | NativeMethods.ReadHangUp | NativeMethods.HangUp | NativeMethods.Error)) != 0)
            channel.Handler.OnReadable((flags & (NativeMethods.ReadHangUp | NativeMethods.HangUp | NativeMethods.Error)) != 0);
        if ((flags & NativeMethods.Out) != 0 && channel.IsWatched)
            channel.Handler.OnWritable(0);
    }

    private void ClearWake()
    {
        ulong count;
        _ = NativeMethods.Read(_wake, (byte*)&count, sizeof(ulong));
    }

    private void Add(int descriptor, uint flags, ulong token)
    {
        var entry = stackalloc byte[16];
        Unsafe.WriteUnaligned(entry, flags);
        Unsafe.WriteUnaligned(entry + NativeMethods.EventDataOffset, token);
        if (NativeMethods.EpollControl(_epoll, NativeMethods.ControlAdd, descriptor, entry) < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "epoll_ctl failed");
    }

    private int TakeSlot()
    {
        if (_free.TryPop(out var slot))
            return slot;
        var first = _channels.Length;
        Array.Resize(ref _channels, first * 2);
        for (slot = _channels.Length - 1; slot > first; slot--)
            _free.Push(slot);
        return first;
    }
}
