namespace ClusterActors.Store.Log;

/// <summary>What a record does. The number stands in the file.</summary>
public enum RecordOperation
{
    /// <summary>No operation; never in a record.</summary>
    None = 0,

    /// <summary>Sets the value of a key.</summary>
    Put = 1,

    /// <summary>Removes a key.</summary>
    Remove = 2,

    /// <summary>Begins a term and changes no entry.</summary>
    Term = 3,
}
