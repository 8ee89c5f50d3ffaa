namespace ClusterActors.Actors.Authority.Rules;

/// <summary>What a worker's fence says to a request of a manager.</summary>
internal enum FenceVerdict
{
    /// <summary>It is of the newest epoch, from the holder of that epoch.</summary>
    Accepted,

    /// <summary>It is of an older epoch: <c>stale-epoch</c>.</summary>
    Stale,

    /// <summary>It is of the newest epoch, from one who does not hold it.</summary>
    AnotherHolder,

    /// <summary>The fence was lost, and not enough voters have said yet where it must stand.</summary>
    Unknown,
}
