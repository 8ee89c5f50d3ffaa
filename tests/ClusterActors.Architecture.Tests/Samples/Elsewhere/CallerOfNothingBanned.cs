using Akka.Actor;

namespace ClusterActors.Architecture.Tests.Samples.Elsewhere;

/// <summary>What the banned calls are replaced with.</summary>
internal static class CallerOfNothingBanned
{
    public static async Task<int> AwaitAsync(Task<int> task, ValueTask other)
    {
        await other;
        return await task.ConfigureAwait(false);
    }

    public static long Time(TimeProvider time) => time.GetTimestamp();

    public static Task Pipe(Task<string> task, IActorRef self) => task.PipeTo(self);
}
