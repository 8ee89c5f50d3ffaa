using System.Collections.Immutable;

namespace ClusterActors.Actors.Authority.Rules;

/// <summary>A voter that lost its ballot is on its way back.</summary>
/// <param name="New">The number and the incarnation that the others are to persist.</param>
/// <param name="Told">Their answers, one for each.</param>
/// <param name="AdmittedAt">When it is admitted, once enough have answered and their answers are on disk.</param>
internal sealed record Readmission(Incarnation New, ImmutableArray<IncarnationMessage.Readmitted> Told, TimeSpan? AdmittedAt);
