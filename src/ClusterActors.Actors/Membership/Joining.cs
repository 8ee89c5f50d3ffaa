using System.Collections.Immutable;
using Akka.Actor;
using ClusterActors.Actors.Configuration;

namespace ClusterActors.Actors.Membership;

/// <summary>
/// Decides which Akka.Cluster this node joins (PROTOCOL.md section 4.7). Two clusters of one fleet never merge by themselves, so that a
/// second one is avoided first and given up otherwise.
/// </summary>
internal static class Joining
{
    /// <summary>Members a cluster is joined through at most.</summary>
    public const int MostSeeds = 10;

    /// <summary>
    /// No cluster is formed earlier. A manager that restarts is dialed again by its workers in this time, and they tell it of the cluster that
    /// it was in: there may be no other manager who could.
    /// </summary>
    public static readonly TimeSpan FormAfter = TimeSpan.FromSeconds(4);

    /// <summary>What was said longer ago counts no more: whoever said it may be gone.</summary>
    public static readonly TimeSpan ToldFor = TimeSpan.FromSeconds(5);

    /// <summary>Akka tries by itself for this long before it is given other members.</summary>
    public static readonly TimeSpan JoinPatience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Two clusters have to be told apart for this long before one is given up: longer than it takes a member that was only unreachable to
    /// be heard again, or to be put out (stable-after and heartbeat pause).
    /// </summary>
    public static readonly TimeSpan ApartFor = TimeSpan.FromSeconds(30);

    /// <summary>The managers are being asked.</summary>
    public static MembershipState Asked(MembershipState state, IEnumerable<HostAndPort> managers, TimeSpan now) =>
        state with { Asked = [.. managers], AskedAt = now };

    /// <summary>Someone said which cluster he knows: the answer of a manager, or what a node that asks says of itself.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="source">Names who said so.</param>
    /// <param name="members">Akka addresses; those that cannot be of this fleet are passed over.</param>
    /// <param name="forming">Whether he may be about to form one.</param>
    /// <param name="now">When.</param>
    public static (MembershipState State, MembershipEffect? Effect) Told(
        MembershipState state, string source, IEnumerable<string> members, bool forming, TimeSpan now)
    {
        var addresses = Parse(members, state.Self);
        var isApart = state.IsMember && addresses.Length > 0 && !addresses.Contains(state.Self);
        var since = isApart ? state.Tellings.GetValueOrDefault(source)?.ApartSince ?? now : (TimeSpan?)null;
        var next = state with { Tellings = state.Tellings.SetItem(source, new Telling(addresses, forming, now, since)) };
        if (next.HasEnded)
            return (next, null);
        if (!next.IsMember)
            return TryJoin(next, addresses, now);
        return now - since >= ApartFor && GivesWay(next.Book.Living, addresses)
            ? (next with { HasEnded = true }, new MembershipEffect.GiveUp(next.Book.Living.Count, addresses.Length))
            : (next, null);
    }

    /// <summary>A second has passed.</summary>
    public static (MembershipState State, ImmutableArray<MembershipEffect> Effects) Tick(MembershipState state, TimeSpan now)
    {
        if (state.HasEnded)
            return (state, []);
        var next = state with
        {
            Ticks = state.Ticks + 1,
            Tellings = state.Tellings.RemoveRange(state.Tellings.Where(told => now - told.Value.At > ToldFor).Select(told => told.Key)),
        };
        MembershipEffect? move = null;
        if (!next.IsMember)
            (next, move) = Move(next, now);

        // A member asks too, at half the pace, so that two clusters hear of each other.
        var asks = !next.IsMember || next.Ticks % 2 == 0;
        ImmutableArray<MembershipEffect> effects = asks ? [new MembershipEffect.Ask(next.IsMember ? next.Book.Living : [])] : [];
        return (next, move is null ? effects : effects.Insert(0, move));
    }

    private static (MembershipState State, MembershipEffect? Effect) Move(MembershipState state, TimeSpan now)
    {
        var largest = state.Tellings.OrderBy(told => told.Key, StringComparer.Ordinal).Select(told => told.Value).MaxBy(told => told.Members.Length)?.Members ?? [];
        if (Others(largest, state.Self).Any())
            return TryJoin(state, largest, now);
        return MayForm(state, now) && !IsTrying(state, now)
            ? (state with { TriedAt = now }, MembershipEffect.Form.Instance)
            : (state, null);
    }

    /// <summary>Whether every manager that can be reached has answered the newest question, and nobody knows or forms a cluster.</summary>
    private static bool MayForm(MembershipState state, TimeSpan now) =>
        state.Holds
        && now >= FormAfter
        && state.Asked is { } asked
        && asked.All(manager => state.Tellings.GetValueOrDefault(manager.ToString()) is { } told && told.At >= state.AskedAt)
        && state.Tellings.Values.All(told => !told.Forming && !Others(told.Members, state.Self).Any());

    private static (MembershipState State, MembershipEffect? Effect) TryJoin(MembershipState state, ImmutableArray<Address> members, TimeSpan now)
    {
        ImmutableArray<Address> through = [.. Others(members, state.Self).Take(MostSeeds)];
        return through.IsEmpty || IsTrying(state, now)
            ? (state, null)
            : (state with { TriedAt = now }, new MembershipEffect.Join(through));
    }

    private static bool IsTrying(MembershipState state, TimeSpan now) => state.TriedAt is { } at && now - at < JoinPatience;

    /// <summary>The smaller cluster gives way, so that fewer clients are disturbed; of two equal ones the one without the lowest address.</summary>
    private static bool GivesWay(IReadOnlyList<string> own, ImmutableArray<Address> others) =>
        others.Length != own.Count
            ? others.Length > own.Count
            : string.CompareOrdinal(others.Select(member => member.ToString()).Min(StringComparer.Ordinal), own.Min(StringComparer.Ordinal)) < 0;

    // Joining through itself is forming: a node that was known there before it restarted still stands in some lists.
    private static IEnumerable<Address> Others(ImmutableArray<Address> members, Address self) => members.Where(member => !member.Equals(self));

    private static ImmutableArray<Address> Parse(IEnumerable<string> members, Address self) =>
    [
        .. members
            .Select(text => ActorPath.TryParseAddress(text, out var address) ? address : null)
            .OfType<Address>()
            .Where(address => address.System == self.System && address.Protocol == self.Protocol && address.HasGlobalScope)
            .Distinct(),
    ];
}
