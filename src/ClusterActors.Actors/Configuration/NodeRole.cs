namespace ClusterActors.Actors.Configuration;

/// <summary>What a node does in its fleet: <c>clustersRole</c>, with the numbers of the requirements.</summary>
[Flags]
public enum NodeRole
{
    /// <summary>Not a role; no configuration gives it.</summary>
    None = 0,

    /// <summary>1: an ordinary server, which does business work only.</summary>
    Worker = 1,

    /// <summary>2: a managing server, which does no business work.</summary>
    Manager = 2,

    /// <summary>3: a managing server that does business work too.</summary>
    Both = Worker | Manager,
}
