namespace ClusterActors.Actors.Gateway;

/// <summary>How long to wait before a manager is dialed again: doubles from the smallest to the largest pause, with jitter, for ever.</summary>
/// <param name="Min">First pause.</param>
/// <param name="Max">Longest pause.</param>
/// <param name="Attempt">Failures since the last success.</param>
internal sealed record RedialBackoff(TimeSpan Min, TimeSpan Max, int Attempt = 0)
{
    private const int MostDoublings = 20;

    /// <summary>The pause before the next attempt, and the state after it.</summary>
    /// <param name="random">From 0 (included) to 1; spreads a fleet that lost its manager at one moment over half of the pause.</param>
    public (TimeSpan Pause, RedialBackoff Next) Fail(double random)
    {
        var full = Math.Min(Max.TotalMilliseconds, Min.TotalMilliseconds * Math.Pow(2, Math.Min(Attempt, MostDoublings)));
        return (TimeSpan.FromMilliseconds(full * (0.5 + (random / 2))), this with { Attempt = Attempt + 1 });
    }

    /// <summary>The state after a success.</summary>
    public RedialBackoff Succeed() => this with { Attempt = 0 };
}
