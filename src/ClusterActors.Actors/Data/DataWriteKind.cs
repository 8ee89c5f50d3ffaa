namespace ClusterActors.Actors.Data;

/// <summary>What a write does.</summary>
public enum DataWriteKind
{
    /// <summary>Makes the entry, or replaces it.</summary>
    Put,

    /// <summary>Removes the entry; there must be one.</summary>
    Remove,
}
