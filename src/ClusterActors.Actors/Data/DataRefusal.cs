using ClusterActors.Protocol.Data;

namespace ClusterActors.Actors.Data;

/// <summary>Why the store does not do what it was asked for.</summary>
/// <param name="Code">One of <see cref="DataCode"/>, for programs.</param>
/// <param name="Msg">For people: what is wrong, and what would help.</param>
public sealed record DataRefusal(string Code, string Msg)
{
    /// <summary>This worker does not own the data any more.</summary>
    public static DataRefusal NotOwner(string msg) => new(DataCode.NotOwner, msg);

    /// <summary>This worker may not serve the data now: it has just started, or its lease has run out.</summary>
    public static DataRefusal NotReady(string msg) => new(DataCode.NotReady, msg);

    /// <summary>No write is taken now: too few live backups, the disk is full, or the store is read-only.</summary>
    public static DataRefusal Unavailable(string msg) => new(DataCode.Unavailable, msg);

    /// <summary>The write was taken, and it is not known whether it is or will be committed.</summary>
    public static DataRefusal Timeout(string msg) => new(DataCode.Timeout, msg);
}
