using Akka.Actor;
using ClusterActors.Actors.Tests.Harness;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests;

public sealed class DutySupervisionSpecs
{
    private sealed class Counter : UntypedActor
    {
        private int _count;

        protected override void OnReceive(object message)
        {
            if (message is string)
                throw new InvalidOperationException("one bad message");
            Sender.Tell(++_count);
        }
    }

    private sealed class Unstartable : UntypedActor
    {
        protected override void PreStart() => throw new InvalidOperationException("it cannot start");

        protected override void OnReceive(object message) => Unhandled(message);
    }

    [Fact]
    public async Task A_duty_that_fails_at_a_message_goes_on_with_the_state_it_had()
    {
        await using var node = await TestNode.StartManagerAsync();
        var duty = node.System.ActorOf(Props.Create<Counter>());
        Assert.Equal(1, await duty.Ask<int>(0, Eventually.Limit));

        duty.Tell("bad");

        Assert.Equal(2, await duty.Ask<int>(0, Eventually.Limit));
    }

    [Fact]
    public async Task A_duty_that_cannot_start_is_stopped()
    {
        await using var node = await TestNode.StartManagerAsync();
        var duty = node.System.ActorOf(Props.Create<Unstartable>());

        Assert.True(await duty.WatchAsync().WaitAsync(Eventually.Limit));
    }
}
