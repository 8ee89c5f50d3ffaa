namespace ClusterActors.Actors.Gateway;

/// <summary>
/// How long to wait before a manager is dialed again: doubles from the smallest to the largest pause, with jitter, for ever.
/// A link that did not live as long as the pause before it is no success: a manager that takes links and ends them at once is
/// not dialed any faster than one that cannot be reached.
/// </summary>
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
        var pause = Full(Attempt) * (0.5 + (random / 2));
        return (pause, this with { Attempt = Attempt + 1 });
    }

    /// <summary>The state after a link that lived for a time.</summary>
    public RedialBackoff Lost(TimeSpan lived) => Attempt > 0 && lived < Full(Attempt - 1) ? this : this with { Attempt = 0 };

    private TimeSpan Full(int attempt)
    {
        var doubled = Min * Math.Pow(2, Math.Min(attempt, MostDoublings));
        return doubled < Max ? doubled : Max;
    }
}
