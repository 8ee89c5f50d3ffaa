using Microsoft.Extensions.Time.Testing;

namespace ClusterActors.Actors.Tests.Harness;

/// <summary>Lets the clock of a test run.</summary>
internal static class Clock
{
    /// <summary>Advances the clock again and again until something has happened.</summary>
    public static async Task<T> UntilAsync<T>(this FakeTimeProvider time, Task<T> happens, TimeSpan? step = null)
    {
        while (!happens.IsCompleted)
        {
            time.Advance(step ?? TimeSpan.FromSeconds(1));
            await Task.WhenAny(happens, Task.Delay(20));
        }

        return await happens;
    }
}
