using System.Text;
using ClusterActors.Actors.Manager;
using ClusterActors.Actors.Manager.Commands;
using ClusterActors.Protocol.Messages;
using static ClusterActors.Actors.Tests.Manager.ManagerDriver;

namespace ClusterActors.Actors.Tests.Manager.Commands;

public class CommandOrderSpecs
{
    private static readonly ServerCommand AddTwo = new ServerCommand.AddThreads(2);

    public class To_a_worker
    {
        private readonly ManagerDriver _manager = new();

        public To_a_worker() => _manager.Report(1, AWorker("w-1"));

        [Fact]
        public void It_goes_on_the_link_of_its_reports_with_the_seq_and_the_origin_and_without_the_node()
        {
            _manager.Order("w-1", AddTwo, "t_1", "alice@ops-1");

            var (link, request) = Assert.Single(_manager.TakeSent());
            Assert.Equal(1, link);
            Assert.Equal(new CommandRequest(AddTwo) { Seq = "t_1", Epoch = 3, By = "alice@ops-1 (10.0.0.7)" }, request);
            Assert.Empty(_manager.TakeAnswers());
        }

        [Theory]
        [InlineData(null)]
        [InlineData("")] // names nothing
        public void Without_a_seq_it_gets_one_of_the_managers(string? seq)
        {
            _manager.Order("w-1", AddTwo, seq);

            var request = Assert.Single(_manager.TakeSent()).Request;
            Assert.Equal(("made-1", "anonymous (10.0.0.7)"), (request.Seq, request.By));
        }

        [Fact]
        public void It_goes_to_the_newest_link()
        {
            _manager.Report(2, AWorker("w-1"));

            _manager.Order("w-1", AddTwo);

            Assert.Equal(2, Assert.Single(_manager.TakeSent()).Link);
        }

        [Fact]
        public void That_is_late_it_goes_all_the_same()
        {
            _manager.Advance(60);

            _manager.Order("w-1", AddTwo);

            Assert.Single(_manager.TakeSent());
        }

        [Fact]
        public void That_is_draining_it_goes_all_the_same()
        {
            _manager.Report(1, AWorker("w-1") with { Draining = true });

            _manager.Order("w-1", new ServerCommand.Drain(false));

            Assert.Single(_manager.TakeSent());
        }

        [Fact]
        public void One_is_under_way_and_others_follow_in_their_order()
        {
            _manager.Order("w-1", AddTwo, "a");
            _manager.Order("w-1", AddTwo, "b");
            _manager.Order("w-1", AddTwo, "c");
            Assert.Equal(["a"], _manager.TakeSent().Select(sent => sent.Request.Seq));

            _manager.Reply(1, Reply.Done() with { Seq = "a" });
            Assert.Equal(["b"], _manager.TakeSent().Select(sent => sent.Request.Seq));
            _manager.Reply(1, Reply.Done() with { Seq = "b" });
            _manager.Reply(1, Reply.Done() with { Seq = "c" });

            Assert.Equal(["c"], _manager.TakeSent().Select(sent => sent.Request.Seq));
            Assert.Equal([1L, 2, 3], _manager.TakeAnswers().Select(answer => answer.Ticket));
        }

        [Fact]
        public void Workers_do_not_wait_for_each_other()
        {
            _manager.Report(2, AWorker("w-2"));

            _manager.Order("w-1", AddTwo);
            _manager.Order("w-2", AddTwo);

            Assert.Equal([1L, 2], _manager.TakeSent().Select(sent => sent.Link));
        }

        [Fact]
        public void More_than_64_behind_one_are_refused()
        {
            for (var i = 0; i < 65; i++)
                _manager.Order("w-1", AddTwo, $"s{i}");
            Assert.Empty(_manager.TakeAnswers());

            var ticket = _manager.Order("w-1", AddTwo, "last");

            var (answered, reply) = Assert.Single(_manager.TakeAnswers());
            Assert.Equal((ticket, "no-capacity"), (answered, reply.Code));
            Assert.Equal("64 commands wait for w-1 already; it was not sent, try again later", reply.Msg);
            Assert.Equal(64, Assert.Single(_manager.State.Commands.Values).Waiting.Count);
        }
    }

    public class That_cannot_be_sent
    {
        private readonly ManagerDriver _manager = new();

        [Fact]
        public void Without_a_node_is_a_bad_request()
        {
            _manager.Order(null, AddTwo);

            var reply = _manager.TakeAnswer();
            Assert.Equal(("bad-request", "node is missing: it must be the node id of the worker that is meant"), (reply.Code, reply.Msg));
        }

        [Fact]
        public void To_nobody_says_that_none_has_reported()
        {
            _manager.Order("w-9", AddTwo);

            var reply = _manager.TakeAnswer();
            Assert.Equal(("unknown-node", "no server 'w-9' is known here; no server has reported to this manager"), (reply.Code, reply.Msg));
        }

        [Theory]
        [InlineData(2, "known are w-1, w-2")]
        [InlineData(5, "known are w-1, w-2, w-3, w-4, w-5")]
        [InlineData(7, "known are w-1, w-2, w-3, w-4, w-5 and 2 more")]
        public void To_an_unknown_node_names_a_few_that_are_known(int count, string words)
        {
            for (var i = count; i > 0; i--)
                _manager.Report(i, AWorker($"w-{i}"));

            _manager.Order("w-9", AddTwo);

            Assert.EndsWith(words, _manager.TakeAnswer().Msg, StringComparison.Ordinal);
        }

        [Theory]
        [InlineData(false, "w-1 cannot be reached: unreachable for 2.0 s: connection reset")]
        [InlineData(true, "w-1 cannot be reached: gone, link closed 2.0 s ago: connection reset")]
        public void To_a_worker_whose_link_is_closed_is_unreachable(bool left, string words)
        {
            _manager.Report(1, AWorker("w-1"));
            _manager.Close(1, left);
            _manager.Advance(2);

            _manager.Order("w-1", AddTwo);

            var reply = _manager.TakeAnswer();
            Assert.Equal(("unreachable", words), (reply.Code, reply.Msg));
        }

        [Theory]
        [InlineData(1, null)]
        [InlineData(2, "bad-request")]
        [InlineData(3, null)]
        public void To_a_server_that_does_no_business_work_is_refused(int role, string? code)
        {
            _manager.Report(1, AWorker("m-1") with { Role = role });

            _manager.Order("m-1", AddTwo);

            Assert.Equal(code is null ? [] : [code], _manager.TakeAnswers().Select(answer => answer.Reply.Code));
        }
    }

    public class To_an_existing_CshBBrain_server
    {
        private const string Java = "10.0.0.1:7074";
        private readonly ManagerDriver _manager = new();

        public To_an_existing_CshBBrain_server() => _manager.Report(1, new ServerReport { Port = 7074 }, PeerKind.CshBBrain);

        public static TheoryData<ServerCommand, string> Refused => new()
        {
            { new ServerCommand.AddThreads(1), "error storm" },
            { new ServerCommand.RemoveThreads(1), "does nothing" },
            { new ServerCommand.RemoveReaderWriters(1), "does nothing" },
            { new ServerCommand.OpenPort(9091), "does not know" },
            { new ServerCommand.ClosePort(9091, 3), "does not know" },
            { new ServerCommand.Drain(true), "does not know" },
            { new ServerCommand.Drain(false), "does not know" },
        };

        [Theory]
        [MemberData(nameof(Refused))]
        public void What_it_cannot_do_is_refused_with_the_reason(ServerCommand command, string reason)
        {
            _manager.Order(Java, command);

            var reply = _manager.TakeAnswer();
            Assert.Equal("unknown-action", reply.Code);
            Assert.Contains($"{Java} is an existing CshBBrain (Java) server: ", reply.Msg, StringComparison.Ordinal);
            Assert.Contains(reason, reply.Msg, StringComparison.Ordinal);
            Assert.Empty(_manager.TakeSent());
        }

        [Fact]
        public void Reader_writers_are_added_without_what_it_does_not_know()
        {
            _manager.Order(Java, new ServerCommand.AddReaderWriters(2), "t_1", "alice");

            Assert.Equal(new CommandRequest(new ServerCommand.AddReaderWriters(2)), Assert.Single(_manager.TakeSent()).Request);
        }

        [Fact]
        public void Its_next_answer_is_the_answer()
        {
            _manager.Order(Java, new ServerCommand.AddReaderWriters(2), "t_1", "alice");

            _manager.Reply(1, Reply.Done());

            var reply = _manager.TakeAnswer();
            Assert.True(reply.IsDone);
            Assert.Equal([new Parameter("node", Java)], reply.Values);
        }
    }

    public class Its_origin
    {
        [Fact]
        public void Fits_into_the_parameter_whatever_the_operator_says()
        {
            foreach (var by in new[] { new string('a', 128), new string('老', 42), string.Concat(Enumerable.Repeat("😀", 32)), "x" + string.Concat(Enumerable.Repeat("😀", 31)) })
            {
                foreach (var from in new[] { "10.0.0.7", "fe80:1111:2222:3333:4444:5555:6666:7777%eth0" })
                {
                    var origin = CommandOrigin.Of(by, from);
                    Assert.InRange(Encoding.UTF8.GetByteCount(origin), 120, 128);
                    Assert.EndsWith($" ({from})", origin, StringComparison.Ordinal);
                    Assert.StartsWith(origin[..^$" ({from})".Length], by, StringComparison.Ordinal);
                    Assert.DoesNotContain('\ufffd', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(origin)));
                }
            }
        }
    }
}
