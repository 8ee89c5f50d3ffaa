using ClusterActors.Actors.Membership;
using static ClusterActors.Actors.Tests.Membership.JoiningDriver;

namespace ClusterActors.Actors.Tests.Membership;

/// <summary>Which Akka.Cluster a node joins, and when it forms one.</summary>
public class JoiningSpecs
{
    public class A_node_without_authority
    {
        private readonly JoiningDriver _node = new();

        [Fact]
        public void Never_forms_a_cluster() => Assert.Empty(_node.Pass(1000).TakeMoves());

        [Fact]
        public void Joins_the_cluster_it_is_told_at_once() => Assert.Equal(["join a,b"], _node.Pass(1, First).Answer(First, "a", "b").TakeMoves());

        [Fact]
        public void Asks_every_second_and_tells_nothing() => Assert.Equal(["", "", ""], _node.Pass(3, First).TakeQuestions());

        [Fact]
        public void Gives_Akka_five_seconds_before_it_tries_another_way()
        {
            _node.Pass(1, First).Answer(First, "a").TakeMoves();
            for (var i = 0; i < 4; i++)
                Assert.Empty(_node.Pass(1, First).Answer(First, "b").TakeMoves());

            Assert.Equal(["join b"], _node.Pass(1, First).Answer(First, "b").TakeMoves());
        }

        [Fact]
        public void Tries_again_by_itself_with_what_was_told_lately() =>
            Assert.Equal(["join a", "join b"], _node.Pass(1, First).Answer(First, "a").Pass(3, First).Answer(First, "b").Pass(2, First).TakeMoves());

        [Fact]
        public void Forgets_what_was_told_long_ago() =>
            Assert.Empty(_node.Pass(1, First).Answer(First, "a").Pass(5, First).Skip().Pass(100, First).TakeMoves());
    }

    public class Addresses
    {
        private readonly JoiningDriver _node = new();

        [Fact]
        public void Of_this_node_itself_are_never_joined_through() => Assert.Equal(["join a"], _node.Pass(1, First).Answer(First, "m", "a").TakeMoves());

        [Fact]
        public void Of_this_node_alone_are_no_cluster_to_join() => Assert.Empty(_node.Pass(1, First).Answer(First, "m").TakeMoves());

        [Theory]
        [InlineData("")]
        [InlineData("nonsense")]
        [InlineData("akka.tcp://other@a:9393")] // another system would drop every message
        [InlineData("akka.ssl.tcp://fleet@a:9393")]
        [InlineData("akka://fleet")]
        public void That_cannot_be_of_this_fleet_are_passed_over(string address)
        {
            var (state, effect) = Joining.Told(_node.State, "x", [address], forming: false, TimeSpan.Zero);

            Assert.Null(effect);
            Assert.Empty(state.Tellings["x"].Members);
        }

        [Fact]
        public void Beyond_ten_are_left_out() =>
            Assert.Equal(
                ["join n0,n1,n2,n3,n4,n5,n6,n7,n8,n9"],
                _node.Pass(1, First).Answer(First, [.. Enumerable.Range(0, 20).Select(i => $"n{i}")]).TakeMoves());
    }

    public class The_holder_of_authority
    {
        private readonly JoiningDriver _node = new JoiningDriver().Holding();

        [Fact]
        public void Forms_a_cluster_after_four_seconds_when_there_is_no_other_manager()
        {
            Assert.Empty(_node.Pass(3).TakeMoves());
            Assert.Equal(["form"], _node.Pass(1).TakeMoves());
        }

        [Fact]
        public void Forms_one_when_every_manager_knows_none()
        {
            _node.Pass(5, First, Second).Answer(First).Answer(Second);

            Assert.Equal(["form"], _node.Pass(1, First, Second).TakeMoves());
        }

        [Fact]
        public void Forms_none_while_a_linked_manager_has_not_answered_the_newest_question()
        {
            _node.Pass(5, First, Second).Answer(Second).Pass(1, First, Second).Answer(First);

            Assert.Empty(_node.Pass(10, First, Second).TakeMoves());
        }

        [Fact]
        public void Joins_the_cluster_that_any_manager_knows() =>
            Assert.Equal(["join a"], _node.Pass(5, First, Second).Answer(First).Answer(Second, "a").TakeMoves());

        [Fact]
        public void Joins_the_cluster_that_a_worker_tells_it() =>
            Assert.Equal(["join w,x"], _node.Pass(2).Hear("link 7", forming: false, "w", "x").TakeMoves());

        [Fact]
        public void Forms_none_while_another_manager_may_form_one()
        {
            for (var i = 0; i < 20; i++)
                Assert.Empty(_node.Pass(1, First).Hear(First.ToString(), forming: true).TakeMoves());

            _node.Pass(1, First).Answer(First);
            Assert.Equal(["form"], _node.Pass(1, First).TakeMoves());
        }

        [Fact]
        public void Forms_none_once_it_has_lost_authority() => Assert.Empty(_node.Pass(2).Holding(false).Pass(20).TakeMoves());

        [Fact]
        public void Tries_again_when_forming_came_to_nothing() => Assert.Equal(["form", "form"], _node.Pass(9).TakeMoves());

        [Fact]
        public void Says_that_it_may_form_one_until_it_is_a_member()
        {
            Assert.True(_node.State.Answer.Forming);
            Assert.False(_node.BecomesMember().State.Answer.Forming);
            Assert.Equal([AddressOf("m")], _node.State.Answer.Members);
        }
    }

    public class A_member
    {
        private readonly JoiningDriver _node = new JoiningDriver().Holding().BecomesMember("a", "b");

        [Fact]
        public void Neither_forms_nor_joins() => Assert.Empty(_node.Pass(20, First).Answer(First, "m", "a").TakeMoves());

        [Fact]
        public void Asks_every_other_second_and_tells_its_cluster() =>
            Assert.Equal(
                [$"{AddressOf("m")},{AddressOf("a")},{AddressOf("b")}", $"{AddressOf("m")},{AddressOf("a")},{AddressOf("b")}"],
                _node.Pass(4, First).TakeQuestions());

        [Fact]
        public void Tells_only_members_that_live() =>
            Assert.Equal([AddressOf("m"), AddressOf("b")], _node.Change(book => book.Mark("a#1", isReachable: false)).State.Answer.Members);

        [Fact]
        public void That_leaves_joins_no_other_and_asks_no_more()
        {
            _node.Change(book => book.Put("m#1", AddressOf("m"), "m", MemberPhase.Leaving)).Change(book => book.Remove("m#1"));

            Assert.Empty(_node.Hear("x", forming: false, "z").Pass(20).TakeMoves());
            Assert.Empty(_node.Pass(20).TakeQuestions());
            Assert.Equal([], _node.State.Answer.Members);
            Assert.False(_node.State.Answer.Forming);
        }
    }

    public class Two_clusters
    {
        private static JoiningDriver Told(JoiningDriver node, int seconds, params string[] others)
        {
            for (var i = 0; i < seconds; i++)
                node.Hear("x", forming: false, others).Pass(1);
            return node;
        }

        [Fact]
        public void Are_found_after_thirty_seconds_and_the_smaller_one_gives_way()
        {
            var node = Told(new JoiningDriver().BecomesMember(), 30, "a", "b");
            Assert.Empty(node.TakeMoves());

            Assert.Equal(["give up 1 for 2"], node.Hear("x", forming: false, "a", "b").TakeMoves());
        }

        [Fact]
        public void Are_nothing_to_the_larger_one() =>
            Assert.Empty(Told(new JoiningDriver().BecomesMember("p", "q"), 100, "a", "b").TakeMoves());

        [Theory]
        [InlineData("a", 1)] // a comes before m
        [InlineData("z", 0)]
        public void Of_one_size_are_told_apart_by_the_lowest_address(string other, int moves) =>
            Assert.Equal(moves, Told(new JoiningDriver().BecomesMember(), 40, other).TakeMoves().Count);

        [Fact]
        public void Are_one_as_soon_as_this_node_stands_in_the_other_list()
        {
            var node = Told(new JoiningDriver().BecomesMember(), 25, "a", "b");
            node.Hear("x", forming: false, "a", "b", "m");

            Assert.Empty(Told(node, 29, "a", "b").TakeMoves());
        }

        [Fact]
        public void Are_no_news_when_nobody_has_said_so_for_a_while()
        {
            var node = Told(new JoiningDriver().BecomesMember(), 25, "a", "b").Pass(10);

            Assert.Empty(Told(node, 29, "a", "b").TakeMoves());
        }
    }
}
