using ClusterActors.Transport.Polling.Epoll;
using ClusterActors.Transport.Polling.Sockets;

namespace ClusterActors.Transport.Polling;

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
