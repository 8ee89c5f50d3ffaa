namespace ClusterActors.Client;

/// <summary>How long to wait before the managers are asked again who holds management authority: longer each time, with jitter.</summary>
internal static class HolderPause
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <summary>The pause.</summary>
    /// <param name="round">How often all were asked before, from 0.</param>
    /// <param name="random">From 0 (included) to 1: spreads the clients that lost a holder at one moment over half of the pause.</param>
    public static TimeSpan Of(int round, double random)
    {
        var doubled = First * Math.Pow(2, Math.Min(round, 10));
        return (doubled < Longest ? doubled : Longest) * (0.5 + (random / 2));
    }
}
