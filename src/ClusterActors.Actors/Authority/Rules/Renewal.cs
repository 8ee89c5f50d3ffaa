namespace ClusterActors.Actors.Authority.Rules;

/// <summary>A renewal that was sent to the voters.</summary>
/// <param name="Seq">What acknowledgements echo.</param>
/// <param name="SentAt">Read before the first byte of it was queued.</param>
internal readonly record struct Renewal(long Seq, TimeSpan SentAt);
