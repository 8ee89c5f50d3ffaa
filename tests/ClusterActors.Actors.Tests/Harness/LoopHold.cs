using Akka.Actor;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests.Harness;

/// <summary>Stops a reader-writer's thread for a while, so that what comes meanwhile comes to it in one round.</summary>
internal sealed class LoopHold : IDisposable
{
    private sealed class Holder : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is LoopHold hold)
                hold.Hold();
        }
    }

    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<LoopHold> OfAsync(ActorSystem system, int loop = 0)
    {
        var hold = new LoopHold();
        system.ActorOf(Props.Create<Holder>().WithDispatcher($"io-lane-{loop}")).Tell(hold);
        await hold._held.Task.WaitAsync(Eventually.Limit);
        return hold;
    }

    public void Dispose() => _release.TrySetResult();

    private void Hold()
    {
        _held.SetResult();
        _release.Task.Wait(Eventually.Limit);
    }
}
