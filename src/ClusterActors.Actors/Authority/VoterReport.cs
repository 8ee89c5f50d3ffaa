namespace ClusterActors.Actors.Authority;

/// <summary>What a voter tells of itself, for people to see.</summary>
/// <param name="Promised">The highest epoch it promised.</param>
/// <param name="Admitted">Whether it may vote and acknowledge.</param>
/// <param name="Silent">How long it still votes for nobody after its start; zero when it votes.</param>
/// <param name="Lease">How long it is still bound to <paramref name="Holder"/>; zero when it is not.</param>
/// <param name="Holder">Address of the one it is, or was last, bound to; null when it was bound to nobody since its start.</param>
/// <param name="Epoch">Of the newest holder it knows; 0 when it knows none.</param>
internal sealed record VoterReport(long Promised, bool Admitted, TimeSpan Silent, TimeSpan Lease, string? Holder, long Epoch);
