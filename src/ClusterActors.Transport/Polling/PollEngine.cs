using ClusterActors.Transport.Polling.Epoll;
using ClusterActors.Transport.Polling.Sockets;

namespace ClusterActors.Transport.Polling;

/// <summary>How a node waits for its sockets: setting <c>connection.engine</c>.</summary>
public enum PollEngine
{
    /// <summary><see cref="Epoll"/> on Linux, <see cref="Sockets"/> elsewhere.</summary>
    Auto,

    /// <summary>Linux epoll, edge-triggered.</summary>
    Epoll,

    /// <summary>The portable asynchronous sockets of .NET.</summary>
    Sockets,
}

/// <summary>Creates pollers.</summary>
public static class PollEngines
{
    /// <summary>A poller for one loop.</summary>
    /// <exception cref="PlatformNotSupportedException">Epoll was asked for on a system that is not Linux.</exception>
    public static IPoller Create(this PollEngine engine) => engine switch
    {
        PollEngine.Sockets => new SocketPoller(),
        PollEngine.Epoll when !OperatingSystem.IsLinux() =>
            throw new PlatformNotSupportedException("connection.engine = epoll needs Linux; use auto or sockets"),
        PollEngine.Auto when !OperatingSystem.IsLinux() => new SocketPoller(),
        _ => new EpollPoller(),
    };
}
