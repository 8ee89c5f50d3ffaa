using ClusterActors.Protocol.Messages;

namespace ClusterActors.Protocol.Tests.Messages;

public class ReplyContentSpecs
{
    private static Reply OverTheWire(Reply reply)
    {
        Assert.True(MessageReader.TryRead(Bytes.Written(w => MessageWriter.Write(w, reply)), out var message, out _));
        return (Reply)message!;
    }

    public class Allocations
    {
        private static readonly AllocationCandidate[] Candidates =
        [
            new("box-9292", ServerState.Up, 0.25, 12.5, 2, true, "least loaded of 2; \"首选\""),
            new("old", ServerState.Late, double.NaN, null, 0, false, "late: no report for 3 s & more"),
        ];

        [Fact]
        public void An_allocation_comes_through()
        {
            Assert.True(AllocationReply.TryRead(OverTheWire(Examples.Allocation.ToReply()), out var allocation, out var reason), reason);
            Assert.Equal(Examples.Allocation, allocation);
        }

        [Theory]
        [InlineData(0)]
        [InlineData(long.MaxValue)]
        public void The_epoch_of_the_authority_comes_through_when_it_is_told(long epoch)
        {
            Assert.True(AllocationReply.TryRead(OverTheWire((Examples.Allocation with { Epoch = epoch }).ToReply()), out var allocation, out var reason), reason);
            Assert.Equal(epoch, allocation!.Epoch);
        }

        [Fact]
        public void Its_explanation_is_a_JSON_array()
        {
            var reply = (Examples.Allocation with { Explain = Candidates }).ToReply();

            Assert.Equal(
                """[{"node":"box-9292","state":"up","load":0.25,"cpuUsage":12.5,"leases":2,"chosen":true,"reason":"least loaded of 2; \u0022首选\u0022"},""" +
                """{"node":"old","state":"late","leases":0,"chosen":false,"reason":"late: no report for 3 s \u0026 more"}]""",
                reply.Find("explain"));
            Assert.True(AllocationReply.TryRead(OverTheWire(reply), out var allocation, out var reason), reason);
            Assert.Equal(Candidates, allocation!.Explain);
        }

        [Theory]
        [InlineData("port=1&node=n&lease=l&expires=1", "the reply has no ip")]
        [InlineData("ip=1&port=0&node=n&lease=l&expires=1", "port '0' must be a whole number from 1 to 65535")]
        [InlineData("ip=1&port=x&node=n&lease=l&expires=1", "port 'x' must be a whole number from 1 to 65535")]
        [InlineData("ip=1&port=1&lease=l&expires=1", "the reply has no node")]
        [InlineData("ip=1&port=1&node=n&lease=a b&expires=1", "lease 'a b' must be 1-64 characters")]
        [InlineData("ip=1&port=1&node=n&lease=l&expires=1.5", "expires '1.5' must be a whole number")]
        [InlineData("ip=1&port=1&node=n&lease=l&expires=1&epoch=-1", "epoch '-1' must be a whole number from 0 to 9223372036854775807")]
        [InlineData("ip=1&port=1&node=n&lease=l&expires=1&explain=x", "explain is no JSON")]
        [InlineData("ip=1&port=1&node=n&lease=l&expires=1&explain={}", "explain must be a JSON array")]
        [InlineData("ip=1&port=1&node=n&lease=l&expires=1&explain=[1]", "explain[0]: it must be an object")]
        [InlineData("ip=1&port=1&node=n&lease=l&expires=1&explain=[{\"node\":\"a\",\"state\":\"best\",\"reason\":\"\"}]", "state must be up, late, unreachable, draining or gone")]
        public void A_bad_one_is_named(string values, string words)
        {
            Assert.True(MessageReader.TryRead(Bytes.Of("action=1000&" + values), out var message, out _));
            Assert.False(AllocationReply.TryRead((Reply)message!, out _, out var reason));
            Assert.Contains(words, reason, StringComparison.Ordinal);
        }

        [Fact]
        public void A_failure_is_none()
        {
            Assert.False(AllocationReply.TryRead(Reply.Failed(FailureCode.NoCapacity, "all full"), out _, out var reason));
            Assert.Equal("the reply is no-capacity: all full", reason);
        }
    }

    public class Views
    {
        private static readonly ViewReply View = new(
            2,
            "m-1",
            7,
            "m-2",
            [
                new("box-9292", ServerState.Up, "10.0.0.7", 9292, 3, 120, Examples.Full),
                new("java \\ \"老\"", ServerState.Unreachable, "10.0.0.8", 0, 1, 91_000, Examples.FirstRow),
            ]);

        internal static readonly ViewReply WithAuthority = View with
        {
            Holder = "10.0.0.7:9292",
            SinceMs = 1234,
            Why = "two of three voters & \"more\" do not answer",
            Voters =
            [
                new("10.0.0.7:9292")
                {
                    Node = "box-9292",
                    Linked = true,
                    Seen = 120,
                    Promised = 7,
                    Admitted = true,
                    Silent = 0,
                    Lease = 2400,
                    Holder = "[::1]:9292",
                    Epoch = 7,
                },
                new("[::1]:9292"),
                new("m-3:9292") { Admitted = false, Epoch = long.MaxValue },
            ],
        };

        [Fact]
        public void Who_holds_authority_and_every_voter_come_through()
        {
            Assert.True(ViewReply.TryRead(OverTheWire(WithAuthority.ToReply()), out var read, out var reason), reason);

            Assert.Equal(WithAuthority.Voters, read!.Voters);
            Assert.Equal(WithAuthority with { Nodes = [], Voters = [] }, read with { Nodes = [], Voters = [] });
        }

        [Fact]
        public void They_stand_before_the_nodes_and_what_is_not_known_is_left_out() =>
            Assert.StartsWith(
                "action=1000&count=2&authority=m-1&epoch=7&manager=m-2&holder=10.0.0.7:9292&since=1234&why=two of three voters %26 \"more\" do not answer" +
                """&voters=[{"address":"10.0.0.7:9292","node":"box-9292","linked":true,"seen":120,"promised":7,"admitted":true,"silent":0,"lease":2400""" +
                ""","holder":"[::1]:9292","epoch":7},{"address":"[::1]:9292","linked":false},{"address":"m-3:9292","linked":false,"admitted":false,"epoch":9223372036854775807}]&nodes=[""",
                Bytes.Text(w => MessageWriter.Write(w, WithAuthority.ToReply())),
                StringComparison.Ordinal);

        [Theory]
        [InlineData("holder", "9292", "holder '9292' must be host:port")]
        [InlineData("since", "-5", "since '-5' must be a whole number from 0 to 9223372036854775807")]
        [InlineData("voters", "{}", "voters must be a JSON array")]
        [InlineData("voters", "[", "voters is no JSON")]
        [InlineData("voters", "[{}]", "voters[0]: address must be a text")]
        [InlineData("voters", """[{"address":"a:1"},{"address":"a"}]""", "voters[1]: address 'a' must be host:port")]
        [InlineData("voters", """[{"address":"a:1","linked":1}]""", "voters[0]: linked must be true or false")]
        [InlineData("voters", """[{"address":"a:1","admitted":"yes"}]""", "voters[0]: admitted must be true or false")]
        [InlineData("voters", """[{"address":"a:1","silent":-1}]""", "voters[0]: silent must be a whole number from 0")]
        [InlineData("voters", """[{"address":"a:1","epoch":1.5}]""", "voters[0]: epoch must be a whole number from 0")]
        [InlineData("voters", """[{"address":"a:1","node":"a\nb"}]""", "voters[0]: node 'a?b' must be 1-128 bytes")]
        [InlineData("voters", """[{"address":"a:1","holder":"::1"}]""", "voters[0]: holder '::1' must be host:port")]
        [InlineData("voters", """[{"address":"a:1","new":{"b":[1]},"node":null,"linked":null,"seen":null}]""", null)]
        [InlineData("voters", "[]", null)]
        public void What_is_wrong_with_them_is_named(string name, string value, string? words)
        {
            var reply = Reply.Done(new("count", "0"), new("epoch", "0"), new("manager", "m"), new("nodes", "[]"), new(name, value));

            Assert.Equal(words is null, ViewReply.TryRead(reply, out _, out var reason));
            if (words is not null)
                Assert.StartsWith(words, reason, StringComparison.Ordinal);
        }

        [Fact]
        public void At_most_16_voters_are_taken()
        {
            var view = View with { Nodes = [], Voters = [.. Enumerable.Range(1, 16).Select(port => new VoterView($"a:{port}"))] };

            Assert.True(ViewReply.TryRead(view.ToReply(), out _, out _));
            Assert.False(ViewReply.TryRead((view with { Voters = [.. view.Voters, new("b:1")] }).ToReply(), out _, out var reason));
            Assert.Equal("voters must have at most 16 elements", reason);
        }

        [Fact]
        public void The_nodes_are_JSON_with_every_parameter_under_its_own_name() =>
            Assert.Equal(
                """[{"node":"box-9292","state":"up","ip":"10.0.0.7","clustersPort":9292,"role":3,"lastReport":120""" +
                ""","coreCount":8,"readerWriterCount":2,"workerCount":16,"clientCount":1234,"clustersCount":3,"port":9090,"localCount":5""" +
                ""","version":"1","epoch":7,"cpuUsage":12.5,"processCpuUsage":0.07,"memoryTotal":16000000000,"memoryUsed":4000000001""" +
                ""","processMemory":120000000,"maxClientCount":10000,"acceptorCount":2,"ports":[9090,9091],"queueLength":4,"draining":1,"leases":["aB_9-","t2"]},""" +
                """{"node":"java \\ \u0022老\u0022","state":"unreachable","ip":"10.0.0.8","clustersPort":0,"role":1,"lastReport":91000""" +
                ""","coreCount":2,"readerWriterCount":2,"workerCount":10,"clientCount":0,"clustersCount":0,"port":7074,"localCount":0,"draining":0}]""",
                View.ToReply().Find("nodes"));

        [Fact]
        public void Everything_else_is_parameters() =>
            Assert.StartsWith("action=1000&seq=s&count=2&authority=m-1&epoch=7&manager=m-2&nodes=[", Bytes.Text(w => MessageWriter.Write(w, View.ToReply("s"))), StringComparison.Ordinal);

        [Fact]
        public void A_view_comes_through()
        {
            Assert.True(ViewReply.TryRead(OverTheWire(View.ToReply()), out var read, out var reason), reason);

            Assert.Equal(View with { Nodes = [] }, read! with { Nodes = [] });
            foreach (var (expected, actual) in View.Nodes.Zip(read!.Nodes))
            {
                Assert.Equal(expected with { Report = Examples.FirstRow }, actual with { Report = Examples.FirstRow });

                // The identity stands in the view once; a reader puts it back into the report.
                Assert.Equal(Examples.Show(expected.Report with { Node = expected.Node, Role = expected.Role }), Examples.Show(actual.Report));
            }
        }

        [Theory]
        [InlineData(0)]
        [InlineData(17)]
        public void Outstanding_leases_come_through_when_they_are_told(int leases)
        {
            var reply = (View with { Nodes = [View.Nodes[0] with { OutstandingLeases = leases }, View.Nodes[1]] }).ToReply();

            Assert.Contains($"\"lastReport\":120,\"outstandingLeases\":{leases},", reply.Find("nodes"), StringComparison.Ordinal);
            Assert.True(ViewReply.TryRead(OverTheWire(reply), out var read, out var reason), reason);
            Assert.Equal([leases, null], read!.Nodes.Select(node => node.OutstandingLeases));
        }

        [Theory]
        [InlineData(MemberState.Up, "up")]
        [InlineData(MemberState.Unreachable, "unreachable")]
        [InlineData(MemberState.Leaving, "leaving")]
        [InlineData(MemberState.None, "none")]
        public void What_the_Akka_cluster_says_comes_through_when_it_is_told(MemberState member, string word)
        {
            var reply = (View with { Nodes = [View.Nodes[0] with { Member = member }, View.Nodes[1]] }).ToReply();

            Assert.Contains($"\"lastReport\":120,\"member\":\"{word}\",", reply.Find("nodes"), StringComparison.Ordinal);
            Assert.True(ViewReply.TryRead(OverTheWire(reply), out var read, out var reason), reason);
            Assert.Equal([member, null], read!.Nodes.Select(node => node.Member));
        }

        [Fact]
        public void There_may_be_no_authority_and_no_server()
        {
            var empty = new ViewReply(0, null, 0, "m", []);
            Assert.True(ViewReply.TryRead(OverTheWire(empty.ToReply()), out var read, out var reason), reason);
            Assert.Equal(empty with { Nodes = [] }, read! with { Nodes = [] });
        }

        [Theory]
        [InlineData("""[{"node":"n","state":"up","ip":"i","new":{"a":[1]},"also":null,"flag":true}]""", null)] // unknown members
        [InlineData("""[{"node":"n","state":"up","ip":"i","ports":[],"leases":["a"],"cpuUsage":100}]""", null)]
        [InlineData("""[{"node":"n","state":"up","ip":"i","member":"asleep"}]""", null)] // a word of a newer manager
        [InlineData("""[{"state":"up","ip":"i"}]""", "nodes[0]: node must be a text")]
        [InlineData("""[{"node":7,"state":"up","ip":"i"}]""", "nodes[0]: node must be a text")]
        [InlineData("""[{"node":"\ud800","state":"up","ip":"i"}]""", "nodes[0]: node must be a text")] // half a surrogate pair
        [InlineData("""[{"node":"n","state":"UP","ip":"i"}]""", "nodes[0]: state must be up")]
        [InlineData("""[{"node":"n","state":"up","ip":"i","coreCount":-1}]""", "nodes[0]: coreCount '-1' must be a whole number")]
        [InlineData("""[{"node":"n","state":"up","ip":"i","coreCount":1.5}]""", "nodes[0]: coreCount '1.5' must be a whole number")]
        [InlineData("""[{"node":"n","state":"up","ip":"i","outstandingLeases":-1}]""", "nodes[0]: outstandingLeases must be a whole number from 0")]
        [InlineData("""[{"node":"n","state":"up","ip":"i","lastReport":"x"}]""", "nodes[0]: lastReport must be a whole number")]
        [InlineData("""[{"node":"n","state":"up","ip":"i","ports":[80,[81]]}]""", "nodes[0]: ports '80,[81]' must be")]
        [InlineData("""[{"node":"n","state":"up","ip":"i","version":"\ud800"}]""", "nodes[0]: version '' must be")]
        [InlineData("""[{"node":"n","state":"up","ip":"i"},3]""", "nodes[1]: it must be an object")]
        [InlineData("""[{"node":"n"]""", "nodes is no JSON")]
        public void Unknown_members_are_ignored_and_wrong_ones_named(string nodes, string? words)
        {
            var reply = Reply.Done(new("count", "1"), new("epoch", "0"), new("manager", "m"), new("nodes", nodes));

            Assert.Equal(words is null, ViewReply.TryRead(reply, out _, out var reason));
            if (words is not null)
                Assert.StartsWith(words, reason, StringComparison.Ordinal);
        }

        [Fact]
        public void JSON_nested_without_end_is_refused() =>
            Assert.False(ViewReply.TryRead(Reply.Done(new("count", "1"), new("epoch", "0"), new("manager", "m"), new("nodes", new string('[', 100_000))), out _, out _));
    }
}
