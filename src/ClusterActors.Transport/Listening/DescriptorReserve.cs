using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace ClusterActors.Transport.Listening;

/// <summary>
/// The last file descriptors of the process, which connections from outside may not use up: the process needs them for its
/// logs, its stores and its own links, and .NET aborts when it has none left to load an assembly with.
/// </summary>
internal static partial class DescriptorReserve
{
    private const int Reserve = 64;
    private const int SmallestPart = 8;

    // RLIMIT_NOFILE of Linux; elsewhere the limit is not known here, and only running into it is noticed.
    private const int LimitOfDescriptors = 7;

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public nuint Soft;
        public nuint Hard;
    }

    /// <summary>What an owner is told while the reserve is in use.</summary>
    public static string Reason => $"few of the {Allowed()} file descriptors that the process may open are left";

    /// <summary>Whether <paramref name="socket"/> lies in the reserve: systems give out the lowest free number.</summary>
    public static bool Includes(Socket socket)
    {
        var allowed = Allowed();
        return socket.SafeHandle.DangerousGetHandle() >= allowed - Math.Min(Reserve, allowed / SmallestPart);
    }

    /// <summary>Whether the next descriptor to be opened would lie in the reserve.</summary>
    public static bool IsNext()
    {
        try
        {
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            return Includes(probe);
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private static nint Allowed()
    {
        if (!OperatingSystem.IsLinux() || GetLimit(LimitOfDescriptors, out var limit) != 0)
            return nint.MaxValue;
        return (nint)nuint.Min(limit.Soft, (nuint)nint.MaxValue);
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, out Limit limit);
}
