using System.Collections.Immutable;

namespace ClusterActors.Actors.Authority.Rules;

/// <summary>A node stands for election.</summary>
/// <param name="Epoch">At which epoch.</param>
/// <param name="Voting">Whether votes are asked for; before that pre-votes are.</param>
/// <param name="Seq">Seq of the request; answers to an earlier one do not count.</param>
/// <param name="Deadline">When it gives up.</param>
/// <param name="Released">The epoch that was released to it; null without one.</param>
/// <param name="TriesLeft">How often it asks again when refused.</param>
/// <param name="Granted">Who said yes, and as which incarnation.</param>
/// <param name="Refused">Who said no.</param>
internal sealed record Candidacy(
    long Epoch,
    bool Voting,
    long Seq,
    TimeSpan Deadline,
    long? Released,
    int TriesLeft,
    ImmutableArray<KeyValuePair<string, string>> Granted,
    ImmutableArray<string> Refused);
