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
