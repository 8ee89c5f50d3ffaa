using Akka.Actor;
using Akka.TestKit;
using ClusterActors.Actors.Gateway;
using ClusterActors.Actors.Manager;
using ClusterActors.Protocol.Messages;
using static ClusterActors.Actors.Manager.ManagerEvents;
using static ClusterActors.Actors.Manager.ManagerQueries;
using static ClusterActors.Actors.Tests.Manager.ManagerDriver;

namespace ClusterActors.Actors.Tests.Manager.Commands;

public class CommandActorSpecs
{
    public abstract class CommandKit : ManagerActorKit
    {
        protected static readonly LinkId Link = new(1);

        protected async Task<TestProbe> WorkerAsync()
        {
            var link = CreateTestProbe();
            Manager.Tell(Reported(1, AWorker("w-1")), link);
            await link.ExpectMsgAsync(new ReportTaken(Link));
            return link;
        }

        protected void Order(ServerCommand command, string? seq = "t_1") =>
            Manager.Tell(new Command(new CommandRequest(command) { Node = "w-1", Seq = seq, By = "alice@ops-1" }, "10.0.0.7"), TestActor);
    }

    public class A_command : CommandKit
    {
        [Fact]
        public async Task A_command_goes_to_the_link_and_its_answer_to_the_one_who_asked()
        {
            var link = await WorkerAsync();

            Order(new ServerCommand.AddThreads(2));
            var sent = await link.ExpectMsgAsync<LinkCommands.Send>();
            Assert.Equal(("t_1", "alice@ops-1 (10.0.0.7)", null), (sent.Request.Seq, sent.Request.By, sent.Request.Node));
            Manager.Tell(new CommandAnswered(Link, Reply.Done(new Parameter("after", "4")) with { Seq = "t_1" }), link);

            Assert.Equal("4", (await ExpectMsgAsync<CommandAnswer>()).Reply.Find("after"));
        }

        [Fact]
        public async Task A_command_without_a_seq_gets_one_of_22_characters()
        {
            var link = await WorkerAsync();

            Order(new ServerCommand.AddThreads(2), seq: null);

            Assert.Equal(22, (await link.ExpectMsgAsync<LinkCommands.Send>()).Request.Seq!.Length);
        }

        [Fact]
        public async Task Silence_ends_it_at_its_time_and_the_late_answer_is_dropped()
        {
            var link = await WorkerAsync();
            Order(new ServerCommand.AddThreads(2));
            await link.ExpectMsgAsync<LinkCommands.Send>();

            Advance(TimeSpan.FromSeconds(5));
            Assert.Equal("timeout", (await ExpectMsgAsync<CommandAnswer>()).Reply.Code);

            await EventFilter.Debug(contains: "a reply on link 1 with seq t_1 answers no command that is under way").ExpectOneAsync(() =>
            {
                Manager.Tell(new CommandAnswered(Link, Reply.Done() with { Seq = "t_1" }), link);
                return Task.CompletedTask;
            });
            await View(); // the next message here: nobody was told
        }

        [Fact]
        public async Task Each_has_its_own_time()
        {
            var link = await WorkerAsync();
            Order(new ServerCommand.AddThreads(1), "a");
            await link.ExpectMsgAsync<LinkCommands.Send>();
            Advance(TimeSpan.FromSeconds(4));
            Order(new ServerCommand.AddThreads(2), "b");
            Advance(TimeSpan.FromSeconds(1));
            Assert.Contains("seq a", (await ExpectMsgAsync<CommandAnswer>()).Reply.Msg, StringComparison.Ordinal);
            Assert.Equal("b", (await link.ExpectMsgAsync<LinkCommands.Send>()).Request.Seq);

            Advance(TimeSpan.FromSeconds(5));

            Assert.Contains("seq b", (await ExpectMsgAsync<CommandAnswer>()).Reply.Msg, StringComparison.Ordinal);
        }

        [Fact]
        public async Task The_end_of_the_link_ends_it()
        {
            var link = await WorkerAsync();
            Order(new ServerCommand.AddThreads(2));
            await link.ExpectMsgAsync<LinkCommands.Send>();

            Manager.Tell(new LinkClosed(Link, Left: false, "connection reset"), link);

            Assert.Equal("unreachable", (await ExpectMsgAsync<CommandAnswer>()).Reply.Code);
        }

        [Fact]
        public async Task After_a_drain_nobody_is_sent_there()
        {
            var link = await WorkerAsync();
            Order(new ServerCommand.Drain(true));
            await link.ExpectMsgAsync<LinkCommands.Send>();

            Manager.Tell(new CommandAnswered(Link, Reply.Done(new Parameter("clients", "1")) with { Seq = "t_1" }), link);
            await ExpectMsgAsync<CommandAnswer>();
            Manager.Tell(new Allocate(null, false), TestActor);

            Assert.Contains("1 draining", (await ExpectMsgAsync<AllocationRefused>()).Message, StringComparison.Ordinal);
        }
    }

    public class Its_audit_trail : CommandKit
    {
        private const string Who = "audit: add-workers 2 for w-1 by alice@ops-1 from 10.0.0.7, seq t_1: ";

        [Fact]
        public async Task Has_a_line_when_a_command_is_sent()
        {
            await WorkerAsync();

            await EventFilter.Info(message: Who + "sent on link 1").ExpectOneAsync(() =>
            {
                Order(new ServerCommand.AddThreads(2));
                return Task.CompletedTask;
            });
        }

        [Fact]
        public async Task Has_a_line_with_the_old_and_the_new_value_and_the_time_when_it_is_done()
        {
            var link = await WorkerAsync();
            Order(new ServerCommand.AddThreads(2));
            await link.ExpectMsgAsync<LinkCommands.Send>();
            Advance(TimeSpan.FromMilliseconds(12.5));

            await EventFilter.Info(message: Who + "2 -> 4 after 12.5 ms").ExpectOneAsync(() =>
            {
                Manager.Tell(new CommandAnswered(Link, Reply.Done(new("before", "2"), new("after", "4")) with { Seq = "t_1" }), link);
                return Task.CompletedTask;
            });
        }

        [Fact]
        public async Task Has_a_line_with_the_code_and_the_reason_when_it_is_not()
        {
            await EventFilter.Info(message: Who + "not done, unknown-node: no server 'w-1' is known here; no server has reported to this manager (0 ms)")
                .ExpectOneAsync(() =>
                {
                    Order(new ServerCommand.AddThreads(2));
                    return Task.CompletedTask;
                });
        }

        [Fact]
        public async Task Says_none_where_no_port_is_open()
        {
            var link = await WorkerAsync();
            Order(new ServerCommand.OpenPort(7001));
            await link.ExpectMsgAsync<LinkCommands.Send>();

            await EventFilter.Info(contains: "seq t_1: none -> 7001 after 0 ms").ExpectOneAsync(() =>
            {
                Manager.Tell(
                    new CommandAnswered(Link, Reply.Done(new Parameter("before", ""), new Parameter("after", "7001")) with { Seq = "t_1" }), link);
                return Task.CompletedTask;
            });
        }

        [Fact]
        public async Task Is_not_to_be_forged_by_a_peer()
        {
            var link = await WorkerAsync();
            Order(new ServerCommand.AddThreads(2), "t\naudit: x");
            await link.ExpectMsgAsync<LinkCommands.Send>();

            await EventFilter.Info(contains: "seq t?audit: x: not done, a?b: c?audit: d (0 ms)").ExpectOneAsync(() =>
            {
                Manager.Tell(new CommandAnswered(Link, Reply.Failed("a\nb", "c\raudit: d") with { Seq = "t\naudit: x" }), link);
                return Task.CompletedTask;
            });
        }
    }
}
