namespace ClusterActors.Actors.Authority.Rules;

/// <summary>Why an order did not go to a worker.</summary>
internal enum OrderRefusal
{
    /// <summary>This node may not command at this moment: <c>not-authority</c>.</summary>
    NotHolder,

    /// <summary>It may, but the worker has not acknowledged its take of the epoch yet: <c>unreachable</c>.</summary>
    NotTaken,
}
