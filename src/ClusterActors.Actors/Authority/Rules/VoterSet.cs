using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ClusterActors.Actors.Authority.Rules;

/// <summary>Who votes, and the lease that all of them use. A majority of it decides who may command.</summary>
internal sealed record VoterSet
{
    /// <summary>The most voters: every renewal goes to each of them.</summary>
    public const int MaxVoters = 7;

    /// <summary>Characters of <see cref="VoterSetId.Hash"/>, lower-case hex digits.</summary>
    public const int HashLength = HashBytes * 2;

    private const int HashBytes = 8;

    private VoterSet()
    {
    }

    /// <summary>Node ids, in ordinal order.</summary>
    public required ImmutableArray<string> Voters { get; init; }

    /// <summary>
    /// The lease L, in whole milliseconds, as it is told and kept. It travels with the set, so that no two nodes ever reckon with different ones.
    /// </summary>
    public required TimeSpan Lease { get; init; }

    /// <summary>What messages carry.</summary>
    public required VoterSetId Id { get; init; }

    /// <summary>How many of the voters decide.</summary>
    public int Majority => Voters.Length / 2 + 1;

    /// <summary>A set of voters.</summary>
    /// <param name="voters">Their names: 1 to <see cref="MaxVoters"/>, no two alike. An odd number is best: one more survives no more failures.</param>
    /// <param name="lease">The lease L, see <see cref="AuthoritySettings"/>; what is less than a millisecond of it is dropped.</param>
    /// <param name="version">0 for a set that comes from the configuration.</param>
    /// <exception cref="ArgumentException">The number of voters is another one, or a voter stands there twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The lease is out of range.</exception>
    public static VoterSet Create(IEnumerable<string> voters, TimeSpan lease, long version = 0)
    {
        ImmutableArray<string> ordered = [.. voters.Order(StringComparer.Ordinal)];
        if (WhyNot(ordered) is { } reason)
            throw new ArgumentException(reason, nameof(voters));
        _ = AuthoritySettings.Of(lease);
        lease = new TimeSpan(lease.Ticks - (lease.Ticks % TimeSpan.TicksPerMillisecond));
        return new VoterSet { Voters = ordered, Lease = lease, Id = new VoterSetId(version, HashOf(ordered, lease)) };
    }

    /// <summary>Why these can be no set of voters, in words; null when they can.</summary>
    public static string? WhyNot(ImmutableArray<string> voters)
    {
        var listed = string.Join(", ", voters);
        if (voters.Length is < 1 or > MaxVoters)
            return $"there are {voters.Length} voters ({listed}); there must be 1 to {MaxVoters}";
        return voters.Distinct(StringComparer.Ordinal).Count() == voters.Length
            ? null
            : $"a voter is named twice ({listed}); each must be named once";
    }

    private static string HashOf(ImmutableArray<string> voters, TimeSpan lease)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{lease.Ticks}\n{string.Join('\n', voters)}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, HashBytes));
    }
}
