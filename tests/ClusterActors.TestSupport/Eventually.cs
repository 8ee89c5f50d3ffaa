using System.Diagnostics;

namespace ClusterActors.TestSupport;

/// <summary>Waits for what happens elsewhere: returns at once when it has happened, and gives up only after a generous limit.</summary>
public static class Eventually
{
    /// <summary>Limit of every wait in the tests, so long that only a fault reaches it.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Waits until <paramref name="condition"/> holds.</summary>
    /// <param name="condition">Asked again and again; must not change anything.</param>
    /// <param name="expectation">The condition in words, for the failure.</param>
    /// <exception cref="TimeoutException">It never held.</exception>
    public static async Task HoldsAsync(Func<bool> condition, string expectation)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (watch.Elapsed > Limit)
                throw new TimeoutException($"not within {Limit.TotalSeconds} s: {expectation}");
            await Task.Delay(5).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until <paramref name="actual"/> gives <paramref name="expected"/>.</summary>
    /// <exception cref="TimeoutException">It never did; names the last value.</exception>
    public static async Task EqualsAsync<T>(T expected, Func<T> actual, string what)
    {
        ArgumentNullException.ThrowIfNull(actual);
        var last = actual();
        try
        {
            await HoldsAsync(() => EqualityComparer<T>.Default.Equals(last = actual(), expected), what).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{what}: expected {expected}, still {last} after {Limit.TotalSeconds} s");
        }
    }
}
