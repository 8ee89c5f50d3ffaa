using ClusterActors.Actors.Tests.Harness;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests.Commands;

/// <summary>The threads of the process are counted, so nothing else may run.</summary>
[Collection(AloneCollection.Name)]
public sealed class RealThreadSpecs
{
    [Fact]
    public async Task A_worker_thread_is_a_thread_of_the_system()
    {
        if (!OperatingSystem.IsLinux())
            return;
        await Eventually.EqualsAsync(0, Count, "threads of earlier tests");
        await using var worker = await CommandedWorker.StartAsync("worker.threads = 3");
        await Eventually.EqualsAsync(3, Count, "threads at the start");

        await worker.DoAsync("action=2&count=5");
        await Eventually.EqualsAsync(8, Count, "threads after five more");
        await worker.DoAsync("action=3&count=7");

        await Eventually.EqualsAsync(1, Count, "threads after seven fewer");
    }

    private static int Count() => Directory.GetDirectories("/proc/self/task").Count(task =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).StartsWith("worker-thread-", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // It ended between the two looks.
            return false;
        }
    });
}
