using System.Collections.Immutable;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;

namespace ClusterActors.Actors.Gateway;

/// <summary>The words of actions 60-69 (PROTOCOL.md section 4.5) and what they stand for.</summary>
internal static class AuthorityWords
{
    public const string Confirm = "confirm";
    public const string Confirmed = "confirmed";
    public const string Readmit = "readmit";
    public const string Readmitted = "readmitted";
    public const string Ask = "ask";
    public const string Told = "told";

    /// <summary>Parameter <c>kind</c> of action 68.</summary>
    public static readonly ImmutableArray<(string Word, string Meaning)> Kinds =
        [.. new[] { Confirm, Confirmed, Readmit, Readmitted, Ask, Told }.Select(kind => (kind, kind))];

    /// <summary>Parameter <c>refused</c> of action 64; it is left out for a yes.</summary>
    public static readonly ImmutableArray<(string Word, VoterRefusal Meaning)> Refusals =
    [
        ("not-admitted", VoterRefusal.NotAdmitted),
        ("silent", VoterRefusal.Silent),
        ("promised", VoterRefusal.Promised),
        ("leased", VoterRefusal.Leased),
        ("other-voters", VoterRefusal.OtherVoters),
    ];

    /// <summary>Parameter <c>verdict</c> of action 67.</summary>
    public static readonly ImmutableArray<(string Word, FenceVerdict Meaning)> Verdicts =
    [
        ("accepted", FenceVerdict.Accepted),
        ("stale", FenceVerdict.Stale),
        ("another-holder", FenceVerdict.AnotherHolder),
        ("unknown", FenceVerdict.Unknown),
    ];

    /// <summary>The word for a meaning.</summary>
    public static string For<T>(ImmutableArray<(string Word, T Meaning)> words, T meaning) =>
        words.First(pair => EqualityComparer<T>.Default.Equals(pair.Meaning, meaning)).Word;
}
