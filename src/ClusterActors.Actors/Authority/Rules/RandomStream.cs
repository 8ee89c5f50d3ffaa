namespace ClusterActors.Actors.Authority.Rules;

/// <summary>A source of chance that is a value: the same one always gives the same number (SplitMix64).</summary>
/// <param name="State">The seed.</param>
internal readonly record struct RandomStream(ulong State)
{
    private const int DoubleBits = 53;

    /// <summary>A number from 0 up to, not including, 1.</summary>
    public double Next(out RandomStream rest)
    {
        var bits = NextBits(out rest);
        return (bits >> (64 - DoubleBits)) * (1.0 / (1UL << DoubleBits));
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits(out RandomStream rest)
    {
        var state = State + 0x9E3779B97F4A7C15UL;
        rest = new RandomStream(state);
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return mixed ^ (mixed >> 31);
    }
}
