namespace ClusterActors.Protocol.Data;

/// <summary>What a client asks for (PROTOCOL.md section 8, parameter <c>op</c>).</summary>
public enum DataOperation
{
    /// <summary>None, or one that is not known.</summary>
    None,

    /// <summary>Make or replace an entry.</summary>
    Put,

    /// <summary>Read an entry.</summary>
    Get,

    /// <summary>Remove an entry.</summary>
    Remove,

    /// <summary>List keys.</summary>
    List,

    /// <summary>Be told of changes of a key, or of all keys that begin with a prefix.</summary>
    Watch,

    /// <summary>Be told no more.</summary>
    Unwatch,
}
