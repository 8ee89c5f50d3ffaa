using ClusterActors.Protocol.Data;

namespace ClusterActors.Actors.Backup;

/// <summary>What a condition is judged by: an entry, without its value.</summary>
/// <param name="Version">Which write made it.</param>
/// <param name="Expiry">When it ends, in milliseconds since 1970 (UTC); 0 when it does not.</param>
internal readonly record struct PresentEntry(EntryVersion Version, long Expiry)
{
    /// <summary>Whether it is still there.</summary>
    /// <param name="now">Milliseconds since 1970 (UTC).</param>
    public bool LivesAt(long now) => Expiry == 0 || Expiry > now;
}
