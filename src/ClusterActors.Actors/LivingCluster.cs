using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors;

/// <summary>
/// What this node says when it is asked which Akka.Cluster lives (PROTOCOL.md section 4.7): written by the membership, read by every
/// connection without a detour through an actor.
/// </summary>
public sealed class LivingCluster
{
    private ClusterAnswer _current = ClusterAnswer.None;

    /// <summary>The newest; before the membership has said anything, and on a node without one, that none is known.</summary>
    public ClusterAnswer Current
    {
        get => Volatile.Read(ref _current);
        set => Volatile.Write(ref _current, value);
    }
}
