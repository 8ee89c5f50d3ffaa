using System.Diagnostics;
using System.Globalization;
using ClusterActors.Client;
using ClusterActors.Protocol.Messages;
using ClusterActors.TestSupport;

namespace ClusterActors.Node.Tests.Processes;

/// <summary>A worker whose threads, reader-writers and ports change all the time, under clients that check every answer.</summary>
public sealed class ResizeUnderLoadSpecs
{
    /// <summary>Names the variable that says how many minutes the soak takes.</summary>
    public const string SoakMinutes = "CLUSTERACTORS_SOAK_MINUTES";

    private const int Clients = 64;
    private const int MoreClientsAtMost = 24;

    [Theory]
    [InlineData("epoll", 200)]
    [InlineData("sockets", 100)]
    public Task Not_one_answer_is_lost_wrong_or_out_of_order(string engine, int resizes) =>
        RunAsync(engine, seed: 1, done => done < resizes);

    [Fact]
    [Trait("Category", "Soak")]
    public Task Not_one_answer_is_lost_wrong_or_out_of_order_for_as_long_as_asked()
    {
        var minutes = double.Parse(Environment.GetEnvironmentVariable(SoakMinutes) ?? "10", CultureInfo.InvariantCulture);
        var watch = Stopwatch.StartNew();
        return RunAsync("auto", Environment.TickCount, _ => watch.Elapsed < TimeSpan.FromMinutes(minutes));
    }

    private static async Task RunAsync(string engine, int seed, Func<int, bool> goesOn)
    {
        await using var manager = await NodeProcess.RunManagerAsync();
        await using var worker = await NodeProcess.RunWorkerAsync(
            "worker", [manager.ClusterPort], $"connection.engine={engine}", "worker.execution=threads", "worker.threads=2", "worker.readerWriters=1");
        await Fleet.SeesAsync(manager.Manager, "worker", ServerState.Up);
        await using var operators = new ManagerClient([manager.Manager]);
        var clients = new List<LoadClient>();
        try
        {
            for (var i = 0; i < Clients; i++)
                clients.Add(i % 2 == 0
                    ? LoadClient.Over(await new FleetClient(operators).ConnectAsync(), i)
                    : await LoadClient.OverWebSocketAsync(worker.BusinessPorts[0], i));

            var resizes = new RandomResizes(operators, "worker", seed, threads: 2, readerWriters: 1, worker.BusinessPorts);
            for (var done = 0; goesOn(done); done++)
            {
                // Clients that came in over a port that is closed later are to be served on and on like the others.
                if (await resizes.NextAsync() is { } port && clients.Count < Clients + MoreClientsAtMost)
                    clients.Add(await LoadClient.OverWebSocketAsync(port, clients.Count));
                Assert.All(clients, client => Assert.Null(client.Failure));
            }

            foreach (var client in clients)
                await client.FinishAsync();
            Assert.All(clients, client => Assert.True(client.Answered > 0));
            await Fleet.HoldsAsync(() => IsAsync(manager, resizes, clients.Count), () => "the report says what the worker should be by now");
            await Eventually.EqualsAsync(resizes.Threads, () => worker.CountThreads("worker-thread-"), "worker threads");
            await Eventually.EqualsAsync(resizes.ReaderWriters, () => worker.CountThreads("io-loop-"), "reader-writers");
            await Eventually.EqualsAsync(resizes.Ports.Count + 1, () => worker.CountThreads("accept-"), "accepting threads, with the one of the cluster port");
        }
        finally
        {
            foreach (var client in clients)
                await client.DisposeAsync();
        }
    }

    private static async Task<bool> IsAsync(NodeProcess manager, RandomResizes expected, int clients)
    {
        var report = (await Fleet.ViewAsync(manager.Manager))!.Nodes.Single().Report;
        return (report.WorkerCount, report.ReaderWriterCount, report.ClientCount) == (expected.Threads, expected.ReaderWriters, clients)
            && report.Ports.SequenceEqual(expected.Ports);
    }
}
