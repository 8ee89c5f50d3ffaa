using ClusterActors.Actors.Membership;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Tests.Membership;

public class MemberBookSpecs
{
    private static readonly MemberBook Two = MemberBook.Empty
        .Put("a#1", "a", "node-a", MemberPhase.Joining)
        .Put("b#1", "b", "node-b", MemberPhase.Up);

    [Fact]
    public void Members_that_are_up_stand_first_then_in_the_order_they_came()
    {
        Assert.Equal(["b", "a"], Two.Living);
        Assert.Equal(["a", "b"], Two.Put("a#1", "a", "node-a", MemberPhase.Up).Living);
    }

    [Theory]
    [InlineData(nameof(MemberPhase.Joining), MemberState.None)]
    [InlineData(nameof(MemberPhase.Up), MemberState.Up)]
    [InlineData(nameof(MemberPhase.Leaving), MemberState.Leaving)]
    [InlineData(nameof(MemberPhase.PutOut), MemberState.Unreachable)]
    public void A_node_is_shown_as_its_member_is(string phase, MemberState state) =>
        Assert.Equal(state, Two.Put("a#1", "a", "node-a", Enum.Parse<MemberPhase>(phase)).StateOf("node-a"));

    [Fact]
    public void A_node_that_is_no_member_is_none() => Assert.Equal(MemberState.None, Two.StateOf("node-c"));

    [Fact]
    public void A_member_that_cannot_be_reached_is_not_living_until_it_can()
    {
        var cut = Two.Mark("b#1", isReachable: false);

        Assert.Equal(["a"], cut.Living);
        Assert.Equal(MemberState.Unreachable, cut.StateOf("node-b"));
        Assert.Equal(["b", "a"], cut.Mark("b#1", isReachable: true).Living);
    }

    [Fact]
    public void A_change_of_phase_does_not_make_it_reachable() =>
        Assert.Equal(MemberState.Unreachable, Two.Mark("b#1", isReachable: false).Put("b#1", "b", "node-b", MemberPhase.Leaving).StateOf("node-b"));

    [Fact]
    public void One_that_leaves_or_was_put_out_is_not_living()
    {
        Assert.Equal(["a"], Two.Put("b#1", "b", "node-b", MemberPhase.Leaving).Living);
        Assert.Equal(["a"], Two.Put("b#1", "b", "node-b", MemberPhase.PutOut).Living);
    }

    [Fact]
    public void The_newest_incarnation_of_a_node_counts_whatever_becomes_of_the_old_one()
    {
        var both = Two.Mark("b#1", isReachable: false).Put("c#2", "c", "node-b", MemberPhase.Up);

        Assert.Equal(MemberState.Up, both.StateOf("node-b"));
        Assert.Equal(MemberState.Up, both.Remove("b#1").StateOf("node-b"));
        Assert.Equal(MemberState.Unreachable, both.Remove("c#2").StateOf("node-b"));
    }

    [Fact]
    public void An_unknown_member_is_neither_marked_nor_removed()
    {
        Assert.Equal(Two.Living, Two.Mark("x#1", isReachable: false).Remove("x#1").Living);
        Assert.Equal(2, Two.Count);
    }
}
