namespace ClusterActors.Actors.Manager;

/// <summary>
/// Rendezvous (highest random weight) hashing: every worker has a score for every key, and the highest one has the key. When
/// a worker goes only its own keys move, and every manager, whenever started, computes the same scores.
/// </summary>
internal static class Rendezvous
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    /// <summary>A stable 64-bit hash of the text: FNV-1a over its UTF-16 code units, then mixed.</summary>
    public static ulong Hash(ReadOnlySpan<char> text)
    {
        var hash = FnvOffset;
        foreach (var unit in text)
        {
            hash = (hash ^ (byte)unit) * FnvPrime;
            hash = (hash ^ (byte)(unit >> 8)) * FnvPrime;
        }
        return Mix(hash);
    }

    /// <summary>Score of a worker for a key, each given by its <see cref="Hash"/>.</summary>
    public static ulong Score(ulong key, ulong node) => Mix(key ^ node);

    /// <summary>The finalizer of SplitMix64: each bit of the input changes about half of the output.</summary>
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
        value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
        return value ^ (value >> 31);
    }
}
