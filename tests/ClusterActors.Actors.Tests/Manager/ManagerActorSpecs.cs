using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Xunit2;
using ClusterActors.Actors.Manager;
using ClusterActors.Actors.Tests.Harness;
using ClusterActors.Protocol.Messages;
using Microsoft.Extensions.Time.Testing;
using static ClusterActors.Actors.Manager.ManagerEvents;
using static ClusterActors.Actors.Manager.ManagerQueries;
using static ClusterActors.Actors.Tests.Manager.ManagerDriver;

namespace ClusterActors.Actors.Tests.Manager;

public class ManagerActorSpecs
{
    public class A_report : ManagerActorKit
    {
        [Fact]
        public async Task Is_receipted_to_whoever_sent_it()
        {
            var link = CreateTestProbe();
            Manager.Tell(Reported(5, AWorker("a")), link);

            await link.ExpectMsgAsync(new ReportTaken(new LinkId(5)));
        }

        [Fact]
        public async Task That_cannot_be_taken_is_answered_with_the_refusal()
        {
            Manager.Tell(Reported(5, AWorker(new string('n', 1000))), TestActor);

            Assert.Equal("bad-request", (await ExpectMsgAsync<ReportRefused>()).Code);
        }

        [Fact]
        public async Task Of_a_new_server_is_logged_with_node_link_and_state()
        {
            await EventFilter.Info(message: "server a is new on link 5: Up, reports on time and has room")
                .ExpectOneAsync(() => Report(5, AWorker("a")));
        }

        [Fact]
        public async Task Of_one_node_id_from_two_links_is_warned_about()
        {
            await Report(1, AWorker("a"));
            await Report(2, AWorker("a"));

            await EventFilter.Warning(contains: "two servers report as a, on link 1 and on link 2")
                .ExpectOneAsync(() => Report(1, AWorker("a")));
        }
    }

    public class An_allocation : ManagerActorKit
    {
        [Fact]
        public async Task Is_answered_with_a_lease_of_22_characters()
        {
            await Report(1, AWorker("a"));
            Manager.Tell(new Allocate(Key: null, Explain: false), TestActor);

            var granted = await ExpectMsgAsync<AllocationGranted>();

            Assert.Equal("a", granted.Node);
            Assert.Equal(22, granted.Lease.Length);
        }

        [Fact]
        public async Task Is_refused_while_no_server_has_reported()
        {
            Manager.Tell(new Allocate(Key: null, Explain: false), TestActor);

            Assert.Equal("no-capacity", (await ExpectMsgAsync<AllocationRefused>()).Code);
        }

        [Fact]
        public async Task Judges_lateness_itself_and_does_not_wait_for_a_tick()
        {
            await Report(1, AWorker("a"));
            Advance(TimeSpan.FromSeconds(3));
            Manager.Tell(new Allocate(Key: null, Explain: false), TestActor);
            await ExpectMsgAsync<AllocationGranted>();

            Advance(TimeSpan.FromMilliseconds(1)); // no tick falls in here
            Manager.Tell(new Allocate(Key: null, Explain: false), TestActor);

            Assert.Contains("1 late", (await ExpectMsgAsync<AllocationRefused>()).Message, StringComparison.Ordinal);
        }

        [Fact]
        public async Task Is_logged_at_debug_level_with_its_reason_and_an_escaped_key()
        {
            await Report(1, AWorker("a"));

            await EventFilter.Debug(contains: "for key line%0Aend, against none: chosen: first with room")
                .ExpectOneAsync(async () =>
                {
                    Manager.Tell(new Allocate("line\nend", Explain: false), TestActor);
                    await ExpectMsgAsync<AllocationGranted>();
                });
        }
    }

    public class The_passing_of_time : ManagerActorKit
    {
        [Fact]
        public async Task Logs_that_a_server_is_late()
        {
            await Report(1, AWorker("a"));

            await EventFilter.Info(message: "server a on link 1 is Late (was Up): late: last report 4.0 s ago")
                .ExpectOneAsync(() =>
                {
                    Advance(TimeSpan.FromSeconds(4));
                    return Task.CompletedTask;
                });
        }

        [Fact]
        public async Task Drops_a_server_that_was_gone_for_long()
        {
            await Report(1, AWorker("a"));
            Manager.Tell(new LinkClosed(new LinkId(1), Left: true, "goodbye"));
            Assert.Equal(ServerState.Gone, Assert.Single((await View()).Servers).State);

            await EventFilter.Info(contains: "server a, last on link 1, is gone").ExpectOneAsync(() =>
            {
                Advance(TimeSpan.FromSeconds(301));
                return Task.CompletedTask;
            });

            Assert.Empty((await View()).Servers);
        }
    }

    public class A_view : ManagerActorKit
    {
        [Fact]
        public async Task Names_this_manager_and_no_authority()
        {
            await Report(1, AWorker("b"));
            await Report(2, AWorker("a"));

            var view = await View();

            Assert.Equal(("manager-1", "", 0), (view.Manager, view.Authority, view.Epoch));
            Assert.Equal(["a", "b"], view.Servers.Select(server => server.Node));
        }
    }

    public class An_unknown_message : ManagerActorKit
    {
        [Fact]
        public async Task Is_unhandled()
        {
            Sys.EventStream.Subscribe(TestActor, typeof(UnhandledMessage));
            Manager.Tell("what?");

            Assert.Equal("what?", (await ExpectMsgAsync<UnhandledMessage>()).Message);
        }
    }

    public class A_supervisor_that_resumes : TestKit
    {
        private sealed class BrokenRandom : Random
        {
            public override int Next(int maxValue) => throw new InvalidOperationException("broken on purpose");
        }

        private sealed class Parent(Props child) : UntypedActor
        {
            private IActorRef _child = ActorRefs.Nobody;

            protected override SupervisorStrategy SupervisorStrategy() =>
                new OneForOneStrategy(_ => Directive.Resume);

            protected override void PreStart() => _child = Context.ActorOf(child, "manager");

            protected override void OnReceive(object message) => _child.Forward(message);
        }

        [Fact]
        public async Task Loses_the_message_that_failed_and_not_the_registry()
        {
            var manager = ManagerActor.Props(ManagerDriver.Settings, new FakeTimeProvider(), new BrokenRandom(), Gates.Open(), ActorRefs.Nobody);
            var parent = Sys.ActorOf(Akka.Actor.Props.Create(() => new Parent(manager)));
            parent.Tell(new ServerReported(new LinkedServer(new LinkId(1), PeerKind.ClusterActors, "10.0.0.1", 9292), AWorker("a")));
            await ExpectMsgAsync<ReportTaken>();

            await EventFilter.Warning(contains: "broken on purpose")
                .ExpectOneAsync(() =>
                {
                    parent.Tell(new Allocate(Key: null, Explain: false));
                    return Task.CompletedTask;
                });
            parent.Tell(new ViewFleet());

            Assert.Single((await ExpectMsgAsync<FleetView>()).Servers);
        }
    }
}
