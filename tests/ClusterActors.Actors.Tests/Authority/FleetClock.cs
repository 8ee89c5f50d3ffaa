using ClusterActors.Actors.Authority;

namespace ClusterActors.Actors.Tests.Authority;

/// <summary>The clock of a machine, and ahead of it by what a test lets pass: leases are long, so that a slow machine ends none, and yet nobody waits for their ends.</summary>
internal sealed class FleetClock : TimeProvider
{
    private long _ahead;

    /// <inheritdoc/>
    public override long TimestampFrequency => BootClock.Instance.TimestampFrequency;

    /// <inheritdoc/>
    public override long GetTimestamp() => BootClock.Instance.GetTimestamp() + Interlocked.Read(ref _ahead);

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time) => Interlocked.Add(ref _ahead, (long)(time.TotalSeconds * TimestampFrequency));
}
