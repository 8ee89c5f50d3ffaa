using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Membership;

/// <summary>One member of the Akka.Cluster. A process that starts anew at the same address is another one.</summary>
/// <param name="Address">Its Akka address.</param>
/// <param name="Node">The node id it carries; null for a member that is no node of this program.</param>
/// <param name="Phase">How far it has come.</param>
/// <param name="IsReachable">Whether every member that watches it hears from it.</param>
/// <param name="Order">Members heard of before it.</param>
internal sealed record ClusterMember(string Address, string? Node, MemberPhase Phase, bool IsReachable, long Order)
{
    /// <summary>Whether others can be sent to it to join.</summary>
    public bool IsLiving => IsReachable && Phase is (MemberPhase.Joining or MemberPhase.Up);

    /// <summary>What views show.</summary>
    public MemberState State => this switch
    {
        { IsReachable: false } or { Phase: MemberPhase.PutOut } => MemberState.Unreachable,
        { Phase: MemberPhase.Leaving } => MemberState.Leaving,
        { Phase: MemberPhase.Up } => MemberState.Up,
        _ => MemberState.None,
    };
}
