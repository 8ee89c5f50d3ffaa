namespace ClusterActors.Actors.Data;

/// <summary>The ways in which a write can end.</summary>
public enum DataResult
{
    /// <summary>It is committed.</summary>
    Written,

    /// <summary>There was nothing to remove.</summary>
    NotFound,

    /// <summary>The condition did not hold.</summary>
    Conflict,

    /// <summary>The store did not take it, or cannot tell what became of it.</summary>
    Refused,
}
