using System.Collections.Immutable;
using Akka.Actor;

namespace ClusterActors.Actors.Membership;

/// <summary>What a decision of <see cref="Joining"/> wants done.</summary>
internal abstract record MembershipEffect
{
    private MembershipEffect()
    {
    }

    /// <summary>Ask every manager which cluster lives.</summary>
    /// <param name="Known">What to tell them: living members of the cluster this node is in.</param>
    public sealed record Ask(IReadOnlyList<string> Known) : MembershipEffect;

    /// <summary>Join a cluster that lives.</summary>
    /// <param name="Through">Members to join through; never this node.</param>
    public sealed record Join(ImmutableArray<Address> Through) : MembershipEffect;

    /// <summary>Form a cluster of this node alone.</summary>
    public sealed record Form : MembershipEffect
    {
        /// <summary>The only one.</summary>
        public static Form Instance { get; } = new();
    }

    /// <summary>End this actor system: it is in a cluster that has to give way to another one.</summary>
    /// <param name="Members">How many living members this one has.</param>
    /// <param name="Others">How many the other one has.</param>
    public sealed record GiveUp(int Members, int Others) : MembershipEffect;
}
