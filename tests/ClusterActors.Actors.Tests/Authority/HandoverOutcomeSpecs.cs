using System.Collections.Immutable;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using static ClusterActors.Actors.Tests.Authority.AuthorityDriver;

namespace ClusterActors.Actors.Tests.Authority;

/// <summary>A handover that an operator ordered: when the target can take over, and what the operator is told.</summary>
public class HandoverOutcomeSpecs
{
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(1005);
    private static readonly Handover Ordered = new("n2", "m2:1", Start, Start + Handover.PreparationLimit, Workers: 2);

    private static Handover Released => Ordered.Release(4, AuthoritySettings.Of(Lease), Start);

    private static KnownServer Target(int role, int workers) =>
        new(new VoterStanding("m2:1", "r", Three.Id, "n2", role, workers, null), Start, IsLinked: true);

    private static AuthoritySnapshot Knowing(string? holder, long epoch)
    {
        var node = Voter();
        if (holder is not null)
            node.Give(new AuthorityInput.Heard(holder, epoch));
        return new AuthoritySnapshot(node.State, "n0", ImmutableDictionary<string, KnownServer>.Empty.Add("m2:1", Target(2, 0)));
    }

    [Fact]
    public void A_server_that_was_no_manager_takes_over_when_it_manages_and_knows_the_workers()
    {
        Assert.False(Ordered.IsReady(null, Start));
        Assert.False(Ordered.IsReady(Target(role: 1, workers: 2), Start));
        Assert.False(Ordered.IsReady(Target(role: 3, workers: 1), Start));
        Assert.True(Ordered.IsReady(Target(role: 3, workers: 2), Start));
    }

    [Fact]
    public void It_takes_over_after_three_seconds_all_the_same()
    {
        Assert.False(Ordered.IsReady(null, Start + TimeSpan.FromSeconds(2.999)));
        Assert.True(Ordered.IsReady(null, Start + TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public void What_is_released_is_not_released_again() => Assert.False(Released.IsReady(Target(3, 2), Start + TimeSpan.FromDays(1)));

    [Fact]
    public void There_is_no_outcome_before_the_release_or_while_nobody_newer_is_heard_of()
    {
        Assert.Null(Ordered.Outcome(Knowing("m2:1", 9), Start));
        Assert.Null(Released.Outcome(Knowing(null, 0), Start));
        Assert.Null(Released.Outcome(Knowing("m2:1", 4), Start)); // the epoch that was released
    }

    [Fact]
    public void It_is_done_when_the_target_is_heard_of_as_the_newer_holder()
    {
        var reply = Released.Outcome(Knowing("m2:1", 5), Start + TimeSpan.FromMilliseconds(120.5))!;

        Assert.True(reply.IsDone);
        Assert.Equal(
            ("n2", "m2", "1", "5", "120.5"),
            (reply.Find("node"), reply.Find("ip"), reply.Find("port"), reply.Find("epoch"), reply.Find("took")));
    }

    [Fact]
    public void It_has_failed_when_another_one_is()
    {
        var reply = Released.Outcome(Knowing("m9:1", 5), Start)!;

        Assert.Equal(("internal", "m9:1 took over instead of n2"), (reply.Code, reply.Msg));
    }

    [Fact]
    public void It_is_given_up_when_nobody_is_heard_of_for_longer_than_the_target_has()
    {
        // Twice the vote timeout and the vote lease, and another vote timeout for the news.
        var end = Start + TimeSpan.FromSeconds(3.6);

        Assert.Null(Released.Outcome(Knowing(null, 0), end - TimeSpan.FromTicks(1)));
        Assert.Equal("timeout", Released.Outcome(Knowing(null, 0), end)!.Code);
    }
}
