using Akka.Actor;

namespace ClusterActors.Architecture.Tests.Samples.Elsewhere;

/// <summary>One method per banned call, named after it. Never run.</summary>
internal sealed class CallerOfBannedThings
{
    private readonly object _monitor = new();
    private readonly Lock _lock = new();

    private int _count;

    public void LockOnObject()
    {
        lock (_monitor)
            _count++;
    }

    public void LockOnLock()
    {
        lock (_lock)
            _count++;
    }

    public static Task Run() => Task.Run(() => { });

    public static Task StartNew() =>
        Task.Factory.StartNew(() => { }, CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Default);

    public static void Sleep() => Thread.Sleep(1);

    public static Action SleepInLambda() => () => Thread.Sleep(1);

    public static DateTime Now() => DateTime.Now;

    public static DateTime UtcNow() => DateTime.UtcNow;

    public static DateTimeOffset OffsetUtcNow() => DateTimeOffset.UtcNow;

    public static Task<string> Ask(IActorRef actor) => actor.Ask<string>("?");

    public static int Result(Task<int> task) => task.Result;

    public static void Wait(Task task) => task.Wait();

    public static int GetResult(Task<int> task) => task.GetAwaiter().GetResult();

    public static async Task SleepWhenAsync(Task task)
    {
        await task;
        Thread.Sleep(1);
    }
}
