namespace ClusterActors.Actors.Manager;

/// <summary>Whether a server can be allocated to and, if not, the first reason that stands in the way.</summary>
internal enum Standing
{
    /// <summary>Up, with an open business port and room for at least one more client.</summary>
    Eligible,

    /// <summary>Up; its clients and outstanding leases reach its limit.</summary>
    Full,

    /// <summary>Up; no business port is open.</summary>
    NoPort,

    /// <summary>Up; its role is to manage, it takes no clients.</summary>
    ManagerOnly,

    /// <summary>Its report says that it is being drained.</summary>
    Draining,

    /// <summary>Linked, but silent for too long.</summary>
    Late,

    /// <summary>Its link is lost.</summary>
    Unreachable,

    /// <summary>It left, or was unreachable for too long.</summary>
    Gone,
}
