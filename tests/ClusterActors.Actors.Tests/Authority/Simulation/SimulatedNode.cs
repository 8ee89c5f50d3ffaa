using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;

namespace ClusterActors.Actors.Tests.Authority.Simulation;

/// <summary>A node: its state while it runs, its disk, and a clock that runs at its own rate.</summary>
internal sealed class SimulatedNode(int index, string name)
{
    private const long SyncsAfter = 2_000_000;

    private long _offset;
    private double _rate = 1;
    private (long At, Ballot? Ballot, Fence? Fence) _synced;

    public int Index { get; } = index;

    public string Name { get; } = name;

    public AuthorityState? State { get; set; }

    /// <summary>Counts its starts: what was meant for an earlier one is lost.</summary>
    public int Life { get; set; }

    public long PausedUntil { get; set; }

    /// <summary>When it looks at the time next; 0 when nothing is planned.</summary>
    public long TickAt { get; set; }

    public required VoterSet Voters { get; set; }

    public Ballot? Ballot { get; private set; }

    public Fence? Fence { get; private set; }

    /// <summary>The epoch it won last, in whichever life.</summary>
    public long LastWon { get; set; }

    /// <summary>The epoch that it lets lapse, for as long as it does not win another one in that life.</summary>
    public long Lapsed { get; set; }

    public bool Up => State is not null;

    public void SetClock(long offset, double rate) => (_offset, _rate) = (offset, rate);

    public TimeSpan Local(long time) => TimeSpan.FromMicroseconds(_offset + Math.Floor(time * _rate));

    /// <summary>The first moment at which the clock of the node shows that time.</summary>
    public long True(TimeSpan local) => (long)Math.Ceiling((local.TotalMicroseconds - _offset) / _rate) + 1;

    public void Write(Ballot ballot, long time)
    {
        Remember(time);
        Ballot = ballot;
    }

    public void Write(Fence fence, long time)
    {
        Remember(time);
        Fence = fence;
    }

    public void Prepare(Ballot? ballot, Fence? fence)
    {
        (Ballot, Fence) = (ballot, fence);
        _synced = (-SyncsAfter, ballot, fence);
    }

    public void LoseBallot() => Ballot = null;

    public void LoseFence() => Fence = null;

    /// <summary>What a crash leaves of a disk that is never told to sync.</summary>
    public void Unsync(long time)
    {
        if (time - _synced.At < SyncsAfter)
            (Ballot, Fence) = (_synced.Ballot, _synced.Fence);
        _synced = (-SyncsAfter, Ballot, Fence);
    }

    private void Remember(long time)
    {
        if (time - _synced.At >= SyncsAfter)
            _synced = (time, Ballot, Fence);
    }
}
