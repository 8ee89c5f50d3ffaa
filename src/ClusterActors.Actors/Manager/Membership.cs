using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Manager;

/// <summary>What the Akka.Cluster says of a server.</summary>
/// <param name="State">Its state there.</param>
/// <param name="Since">When it was told so.</param>
internal sealed record Membership(MemberState State, TimeSpan Since)
{
    /// <summary>It is no member.</summary>
    public static Membership None { get; } = new(MemberState.None, TimeSpan.Zero);
}
