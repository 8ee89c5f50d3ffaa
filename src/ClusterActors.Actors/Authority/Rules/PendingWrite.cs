using System.Collections.Immutable;

namespace ClusterActors.Actors.Authority.Rules;

/// <summary>A file that is being written.</summary>
/// <param name="Ticket">Which write.</param>
/// <param name="After">What depends on it; dropped when it fails.</param>
internal sealed record PendingWrite(long Ticket, ImmutableArray<AuthorityEffect> After);
