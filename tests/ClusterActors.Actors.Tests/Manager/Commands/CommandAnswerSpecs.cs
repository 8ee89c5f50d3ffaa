using ClusterActors.Actors.Manager;
using ClusterActors.Actors.Manager.Commands;
using ClusterActors.Protocol.Messages;
using static ClusterActors.Actors.Tests.Manager.ManagerDriver;

namespace ClusterActors.Actors.Tests.Manager.Commands;

public class CommandAnswerSpecs
{
    private static readonly ServerCommand AddTwo = new ServerCommand.AddThreads(2);

    public class A_reply
    {
        private readonly ManagerDriver _manager = new();

        public A_reply() => _manager.Report(1, AWorker("w-1"));

        [Fact]
        public void Is_passed_on_with_all_its_values_and_the_node()
        {
            var ticket = _manager.Order("w-1", AddTwo, "t_1");

            _manager.Reply(1, Reply.Done(new("before", "2"), new("after", "4"), new("node", "liar"), new("news", "x")) with { Seq = "t_1" });

            var (answered, reply) = Assert.Single(_manager.TakeAnswers());
            Assert.Equal((ticket, null, true), (answered, reply.Seq, reply.IsDone));
            Assert.Equal([new("before", "2"), new("after", "4"), new("news", "x"), new("node", "w-1")], reply.Values);
            Assert.Empty(_manager.State.Commands);
        }

        [Fact]
        public void That_refuses_is_passed_on_too()
        {
            _manager.Order("w-1", new ServerCommand.OpenPort(80), "t_1");

            _manager.Reply(1, Reply.Failed("port-in-use", "port 80 is taken", new Parameter("port", "80")) with { Seq = "t_1" });

            var reply = _manager.TakeAnswer();
            Assert.Equal(("port-in-use", "port 80 is taken", "80", "w-1"), (reply.Code, reply.Msg, reply.Find("port"), reply.Find("node")));
        }

        [Fact]
        public void With_all_the_values_a_message_can_have_stays_one_that_can_be_read()
        {
            _manager.Order("w-1", AddTwo, "t_1");

            _manager.Reply(1, Reply.Failed("x", "y", [.. Enumerable.Range(0, 60).Select(i => new Parameter($"v{i}", ""))]) with { Seq = "t_1" });

            // And action, seq, code and msg.
            Assert.InRange(_manager.TakeAnswer().Values.Count, 1, 60);
        }

        [Theory]
        [InlineData(1, "other")] // another seq
        [InlineData(1, null)] // none, which only an existing CshBBrain server may leave out
        [InlineData(2, "t_1")] // another link
        public void To_something_else_is_dropped_and_the_wait_goes_on(long link, string? seq)
        {
            _manager.Report(2, AWorker("w-2"));
            _manager.Order("w-1", AddTwo, "t_1");
            _manager.TakeNotices();

            _manager.Reply(link, Reply.Done() with { Seq = seq });

            Assert.Empty(_manager.TakeAnswers());
            Assert.Single(_manager.State.Commands);
            Assert.IsType<ManagerNotice.ReplyDropped>(Assert.Single(_manager.TakeNotices()));
        }

        [Fact]
        public void That_comes_twice_answers_once()
        {
            _manager.Order("w-1", AddTwo, "t_1");
            _manager.Reply(1, Reply.Done() with { Seq = "t_1" });
            _manager.Reply(1, Reply.Done() with { Seq = "t_1" });

            Assert.Single(_manager.TakeAnswers());
        }
    }

    public class A_drain
    {
        private readonly ManagerDriver _manager = new();

        public A_drain() => _manager.Report(1, AWorker("w-1", clients: 3));

        [Fact]
        public void Holds_from_its_answer_on()
        {
            _manager.Order("w-1", new ServerCommand.Drain(true), "d");
            Assert.Equal(ServerState.Up, _manager.StateOf("w-1"));

            _manager.Reply(1, Reply.Done(new("before", "0"), new("after", "1"), new("clients", "5")) with { Seq = "d" });

            Assert.Equal(ServerState.Draining, _manager.StateOf("w-1"));
            Assert.Equal(5, _manager.Entry("w-1").Report.ClientCount);
            Assert.Contains("1 draining", _manager.Refusal().Message, StringComparison.Ordinal);
        }

        [Fact]
        public void That_is_taken_back_lets_clients_in_at_once()
        {
            _manager.Report(1, AWorker("w-1") with { Draining = true });
            _manager.Order("w-1", new ServerCommand.Drain(false), "d");
            _manager.Reply(1, Reply.Done() with { Seq = "d" });

            Assert.Equal("w-1", _manager.Grant().Node);
        }

        [Fact]
        public void That_is_refused_changes_nothing()
        {
            _manager.Order("w-1", new ServerCommand.Drain(true), "d");
            _manager.Reply(1, Reply.Failed("internal", "no") with { Seq = "d" });

            Assert.Equal(ServerState.Up, _manager.StateOf("w-1"));
        }

        [Fact]
        public void On_a_link_that_is_no_longer_the_workers_own_leaves_the_new_reports_alone()
        {
            _manager.Order("w-1", new ServerCommand.Drain(true), "d");
            _manager.Report(2, AWorker("w-1"));
            _manager.Reply(1, Reply.Done() with { Seq = "d" });

            Assert.Equal(ServerState.Up, _manager.StateOf("w-1"));
            Assert.True(_manager.TakeAnswer().IsDone);
        }

        [Fact]
        public void Shows_the_leases_that_are_still_out()
        {
            _manager.Grant();
            _manager.Grant();
            Assert.Equal(2, Assert.Single(_manager.View().Servers).OutstandingLeases);

            _manager.Advance(10);

            Assert.Equal(0, Assert.Single(_manager.View().Servers).OutstandingLeases);
        }
    }

    public class Silence
    {
        private readonly ManagerDriver _manager = new();

        public Silence() => _manager.Report(1, AWorker("w-1"));

        [Fact]
        public void Ends_a_command_after_the_timeout_with_what_may_have_become_of_it()
        {
            _manager.Order("w-1", AddTwo, "t_1");
            _manager.Advance(4.999);
            _manager.Expire();
            Assert.Empty(_manager.TakeAnswers());

            _manager.Advance(0.001);
            _manager.Expire();

            var reply = _manager.TakeAnswer();
            Assert.Equal(
                ("timeout", "w-1 did not answer within 5 s; the command may still be executed: the same again with seq t_1 asks for its outcome"),
                (reply.Code, reply.Msg));
            Assert.Empty(_manager.State.Commands);
        }

        [Fact]
        public void Of_an_existing_CshBBrain_server_promises_no_second_answer()
        {
            _manager.Report(2, new ServerReport { Port = 7074 }, PeerKind.CshBBrain);
            _manager.Order("10.0.0.2:7074", new ServerCommand.AddReaderWriters(1));
            _manager.Advance(5);
            _manager.Expire();

            Assert.Equal("10.0.0.2:7074 did not answer within 5 s; the command may still be executed", _manager.TakeAnswer().Msg);
        }

        [Fact]
        public void Lets_the_next_one_go_and_the_late_reply_is_dropped()
        {
            _manager.Order("w-1", AddTwo, "a");
            _manager.Advance(3);
            var second = _manager.Order("w-1", AddTwo, "b");
            _manager.TakeSent();
            _manager.Advance(2);
            _manager.Expire();
            Assert.Equal("b", Assert.Single(_manager.TakeSent()).Request.Seq);
            _manager.TakeAnswers();

            _manager.Reply(1, Reply.Done(new Parameter("after", "late")) with { Seq = "a" });
            Assert.Empty(_manager.TakeAnswers());
            _manager.Reply(1, Reply.Done(new Parameter("after", "4")) with { Seq = "b" });

            var (ticket, reply) = Assert.Single(_manager.TakeAnswers());
            Assert.Equal((second, "4"), (ticket, reply.Find("after")));
        }

        [Fact]
        public void The_same_again_after_a_timeout_is_answered_by_the_late_reply()
        {
            _manager.Order("w-1", AddTwo, "a");
            _manager.Advance(5);
            _manager.Expire();
            _manager.TakeAnswers();
            _manager.Order("w-1", AddTwo, "a");

            _manager.Reply(1, Reply.Done(new Parameter("after", "4")) with { Seq = "a" });

            Assert.Equal("4", _manager.TakeAnswer().Find("after"));
        }

        [Fact]
        public void Ends_what_waits_too_long_without_having_sent_it()
        {
            _manager.Order("w-1", AddTwo, "a");
            _manager.Advance(4);
            _manager.Order("w-1", AddTwo, "b");
            _manager.Order("w-1", AddTwo, "c");
            _manager.Advance(1);
            _manager.Expire(); // a: b goes
            _manager.TakeAnswers();
            _manager.TakeSent();

            _manager.Advance(4);
            _manager.Expire(); // c has waited for 5 s, b is out for 4 s

            var reply = _manager.TakeAnswer();
            Assert.Equal(("timeout", "the command waited 5 s behind others for w-1 and was not sent"), (reply.Code, reply.Msg));
            Assert.Equal("b", Assert.Single(_manager.State.Commands.Values).UnderWay.Request.Seq);
            Assert.Empty(_manager.TakeSent());
        }

        [Fact]
        public void Keeps_nobody_for_longer_than_twice_the_timeout()
        {
            var due = new Dictionary<long, double>();
            for (var step = 0; step < 400; step++)
            {
                if (step < 200)
                    due[_manager.Order("w-1", AddTwo, $"s{step}")] = _manager.Now.TotalSeconds + 10;
                _manager.Advance(0.1);
                _manager.Expire();
                foreach (var (ticket, _) in _manager.TakeAnswers())
                {
                    Assert.True(_manager.Now.TotalSeconds <= due[ticket] + 0.1, $"ticket {ticket} waited until {_manager.Now}");
                    due.Remove(ticket);
                }
            }

            Assert.Empty(due);
            Assert.Empty(_manager.State.Commands);
        }

        [Fact]
        public void Is_looked_for_when_it_is_due()
        {
            Assert.Null(CommandAnswers.NextDue(_manager.State));
            _manager.Advance(1);
            _manager.Order("w-1", AddTwo, "a");
            Assert.Equal(6, CommandAnswers.NextDue(_manager.State)?.TotalSeconds);
            _manager.Advance(1);
            _manager.Order("w-1", AddTwo, "b");
            _manager.Advance(1);
            _manager.Order("w-1", AddTwo, "c");
            _manager.Reply(1, Reply.Done() with { Seq = "a" });

            // b was sent at 3 and has until 8, but so has c its turn until 8 as well.
            Assert.Equal(8, CommandAnswers.NextDue(_manager.State)?.TotalSeconds);
        }
    }

    public class The_end_of_a_link
    {
        private readonly ManagerDriver _manager = new();

        [Fact]
        public void Ends_what_went_to_it_and_what_was_to_go()
        {
            _manager.Report(1, AWorker("w-1"));
            _manager.Order("w-1", AddTwo, "a");
            _manager.Order("w-1", AddTwo, "b");

            _manager.Close(1);

            var answers = _manager.TakeAnswers();
            Assert.Equal([1L, 2], answers.Select(answer => answer.Ticket));
            Assert.All(answers, answer => Assert.Equal("unreachable", answer.Reply.Code));
            Assert.Equal(
                "the link of w-1 was lost before it answered (connection reset); the command may still be executed: the same again with seq a asks for its outcome",
                answers[0].Reply.Msg);
            Assert.Equal("the link of w-1 was lost (connection reset); the command was not sent", answers[1].Reply.Msg);
            Assert.Empty(_manager.State.Commands);
        }

        [Fact]
        public void That_was_replaced_leaves_the_commands_of_the_new_one()
        {
            _manager.Report(1, AWorker("w-1"));
            _manager.Report(2, AWorker("w-1"));
            _manager.Order("w-1", AddTwo, "a");

            _manager.Close(1);

            Assert.Empty(_manager.TakeAnswers());
            _manager.Reply(2, Reply.Done() with { Seq = "a" });
            Assert.True(_manager.TakeAnswer().IsDone);
        }
    }
}
