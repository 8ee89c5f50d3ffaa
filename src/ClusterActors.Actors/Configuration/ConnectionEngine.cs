namespace ClusterActors.Actors.Configuration;

/// <summary>What moves the bytes: <c>connection.engine</c>.</summary>
public enum ConnectionEngine
{
    /// <summary>The fastest one this platform has.</summary>
    Auto,

    /// <summary>Linux epoll.</summary>
    Epoll,

    /// <summary>The sockets of the runtime, on every platform.</summary>
    Sockets,
}
