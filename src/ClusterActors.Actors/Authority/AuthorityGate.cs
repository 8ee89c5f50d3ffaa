using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Authority;

/// <summary>
/// What every part of a node may ask about authority at any moment, without waiting for anybody: whether it may act now, whether a command
/// may still be executed, and who holds authority. It is asked right before a command or an allocation leaves, in the step that writes it.
/// </summary>
/// <remarks>Safe to share. It keeps the newest immutable state and judges it by the clock when it is asked, so a process that slept sees that its time is over.</remarks>
/// <param name="clock">Counts through suspend, see <see cref="BootClock"/>.</param>
internal sealed class AuthorityGate(TimeProvider clock)
{
    private AuthoritySnapshot? _newest;

    /// <summary>The clock of every authority decision of this node.</summary>
    public TimeSpan Now => clock.GetElapsedTime(0);

    /// <summary>The newest state; null before the node takes part.</summary>
    public AuthoritySnapshot? Newest => Volatile.Read(ref _newest);

    /// <summary>The epoch at which this node may act now; null when it may not.</summary>
    public long? Epoch => Newest?.State is { } state && state.MayAct(Now) ? state.Holding!.Epoch : null;

    /// <summary>The newest holder heard of, by whoever may ask; null when none is known.</summary>
    public KnownHolder? Holder => Newest?.State.Holder;

    /// <summary>The newest epoch that this worker accepted; 0 before the first.</summary>
    public long FenceEpoch => Newest?.State.Fencing?.Fence?.Epoch ?? 0;

    /// <summary>Makes a state the newest.</summary>
    public void Publish(AuthoritySnapshot newest) => Volatile.Write(ref _newest, newest);

    /// <summary>Whether this node may act now, at that epoch.</summary>
    public bool MayAct(long? epoch) => Epoch is { } held && held == epoch;

    /// <summary>
    /// Whether a command that was let in may be executed now: no newer holder took this worker since. One without an epoch comes from an
    /// existing CshBBrain manager, which commands as long as nobody holds authority.
    /// </summary>
    public bool MayRun(CommandRequest request) => request is { Epoch: { } epoch, From: { } from, Run: { } run }
        ? Newest?.State.MayRun(new ManagerRun(from, run), epoch) == true
        : FenceEpoch == 0;
}
