using System.Collections.Immutable;
using Akka.Actor;
using ClusterActors.Actors.Configuration;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Membership;

/// <summary>
/// What decides how this node comes into the fleet's Akka.Cluster. Immutable; <see cref="Joining"/> turns one state and an input into the
/// next. Every time is since the start of the node, on a clock that does not jump when the time of day is set.
/// </summary>
/// <param name="Self">This node's own Akka address.</param>
/// <param name="SelfKey">Its key in the book of members.</param>
internal sealed record MembershipState(Address Self, string SelfKey)
{
    /// <summary>The members, as this node sees them.</summary>
    public MemberBook Book { get; init; } = MemberBook.Empty;

    /// <summary>Whether this node holds management authority.</summary>
    public bool Holds { get; init; }

    /// <summary>Whether this node has left its cluster, or is leaving it: it joins none any more.</summary>
    public bool HasEnded { get; init; }

    /// <summary>The managers that were asked in the round that runs; null before the first.</summary>
    public ImmutableArray<HostAndPort>? Asked { get; init; }

    /// <summary>When that round began.</summary>
    public TimeSpan AskedAt { get; init; }

    /// <summary>Rounds that were due so far.</summary>
    public int Ticks { get; init; }

    /// <summary>What was said of clusters, by whom.</summary>
    public ImmutableDictionary<string, Telling> Tellings { get; init; } =
        ImmutableDictionary.Create<string, Telling>(StringComparer.Ordinal);

    /// <summary>When this node last tried to join a cluster or to form one.</summary>
    public TimeSpan? TriedAt { get; init; }

    /// <summary>Whether this node belongs to a cluster.</summary>
    public bool IsMember => Book.Find(SelfKey) is not null;

    /// <summary>What to say to whoever asks which cluster lives.</summary>
    public ClusterAnswer Answer => HasEnded && !IsMember
        ? ClusterAnswer.None
        : new ClusterAnswer(IsMember ? Book.Living : [], Forming: Holds && !IsMember);

    /// <summary>With another book; this node's own goodbye ends its part in clusters.</summary>
    public MembershipState With(MemberBook book)
    {
        var next = this with { Book = book };
        return next with { HasEnded = HasEnded || (IsMember && next.Book.Find(SelfKey) is null or { Phase: MemberPhase.Leaving or MemberPhase.PutOut }) };
    }
}
