using ClusterActors.Store.Log;

namespace ClusterActors.Store.Entries;

/// <summary>What was applied last; written in the same batch as what it says.</summary>
/// <param name="Point">The record.</param>
/// <param name="HasExpiries">Whether there ever was an entry with an expiry: before, no write has to look for an older one.</param>
internal sealed record AppliedMark(LogPoint Point, bool HasExpiries);
