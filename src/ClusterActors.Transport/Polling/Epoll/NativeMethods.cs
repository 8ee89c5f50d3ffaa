using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ClusterActors.Transport.Polling.Epoll;

/// <summary>The few Linux calls the epoll poller needs (epoll(7), eventfd(2), send(2)).</summary>
internal static partial class NativeMethods
{
    public const int EpollCloseOnExec = 0x80000;
    public const int ControlAdd = 1;
    public const int ControlDelete = 2;
    public const uint In = 0x1;
    public const uint Out = 0x4;
    public const uint Error = 0x8;
    public const uint HangUp = 0x10;
    public const uint ReadHangUp = 0x2000;
    public const uint EdgeTriggered = 1u << 31;
    public const int EventCloseOnExec = 0x80000;
    public const int EventNonBlocking = 0x800;
    public const int NoSignal = 0x4000;
    public const int DontWait = 0x40;

    private const int Interrupted = 4;
    private const int Again = 11;
    private const int BrokenPipe = 32;
    private const int ConnectionReset = 104;
    private const int TimedOut = 110;

    /// <summary>Size of <c>struct epoll_event</c>: packed on x86-64 only.</summary>
    public static int EventSize { get; } = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    /// <summary>Offset of the user data in <c>struct epoll_event</c>.</summary>
    public static int EventDataOffset { get; } = EventSize - 8;

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static unsafe partial int EpollControl(SafeFileHandle epoll, int operation, int descriptor, byte* epollEvent);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static unsafe partial int EpollWait(SafeFileHandle epoll, byte* events, int capacity, int milliseconds);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventDescriptor(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    public static unsafe partial nint Receive(int descriptor, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    public static unsafe partial nint Send(int descriptor, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static unsafe partial nint Read(SafeFileHandle descriptor, byte* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static unsafe partial nint Write(SafeFileHandle descriptor, byte* buffer, nuint length);

    /// <summary>Whether the last call was only interrupted by a signal and is to be made again.</summary>
    public static bool LastWasInterrupted => Marshal.GetLastPInvokeError() == Interrupted;

    /// <summary>The last call's errno as the portable code of the same meaning.</summary>
    public static SocketError LastSocketError() => Marshal.GetLastPInvokeError() switch
    {
        Again => SocketError.WouldBlock,
        BrokenPipe or ConnectionReset => SocketError.ConnectionReset,
        TimedOut => SocketError.TimedOut,
        _ => SocketError.SocketError,
    };
}
