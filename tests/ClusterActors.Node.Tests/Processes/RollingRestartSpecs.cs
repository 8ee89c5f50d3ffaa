using ClusterActors.Client;
using ClusterActors.Protocol.Messages;
using ClusterActors.TestSupport;

namespace ClusterActors.Node.Tests.Processes;

/// <summary>Three workers restarted one by one as the manual says, under clients that come and go all the time.</summary>
public sealed class RollingRestartSpecs : IAsyncLifetime
{
    private const int Workers = 3;
    private const int Comers = 12;

    private readonly NodeProcess?[] _workers = new NodeProcess?[Workers];
    private readonly List<ReturningClient> _clients = [];
    private NodeProcess _manager = null!;

    [Fact]
    public async Task Clients_that_come_and_go_notice_nothing()
    {
        for (var i = 0; i < Comers; i++)
            _clients.Add(new ReturningClient(_manager.Manager, requests: 30));

        for (var worker = 0; worker < Workers; worker++)
        {
            // Nobody stays, so the worker empties by itself.
            Assert.Equal(0, await DrainAsync(worker, patience: 30));
            await RestartAsync(worker);
        }

        await AssertAllIsWellAsync();
        Assert.All(_clients, client => Assert.Equal(0, client.Told));
    }

    [Fact]
    public async Task Clients_that_stay_are_told_to_go_and_come_back()
    {
        for (var i = 0; i < Comers; i++)
            _clients.Add(new ReturningClient(_manager.Manager, requests: i % 2 == 0 ? int.MaxValue : 30));
        await Fleet.HoldsAsync(
            async () => (await Fleet.ViewAsync(_manager.Manager))!.Nodes.All(server => server.Report.ClientCount > 0), () => "every worker has clients");

        for (var worker = 0; worker < Workers; worker++)
        {
            Assert.Equal(1, await DrainAsync(worker, patience: 1));
            await RestartAsync(worker);
        }

        await AssertAllIsWellAsync();
        Assert.True(_clients.Sum(client => client.Told) > 0);
    }

    public Task InitializeAsync() => StartAsync();

    public async Task DisposeAsync()
    {
        foreach (var client in _clients)
            await client.DisposeAsync();
        foreach (var worker in _workers)
        {
            if (worker is not null)
                await worker.DisposeAsync();
        }

        await _manager.DisposeAsync();
    }

    private static string Name(int worker) => $"worker-{worker + 1}";

    private async Task StartAsync()
    {
        _manager = await NodeProcess.RunManagerAsync();
        for (var worker = 0; worker < Workers; worker++)
            _workers[worker] = await StartAsync(worker, FreePort.Next());
    }

    private async Task<NodeProcess> StartAsync(int worker, int port)
    {
        var node = await NodeProcess.RunWorkerAsync(Name(worker), [_manager.ClusterPort], $"port=[{port}]");
        await Fleet.SeesAsync(_manager.Manager, Name(worker), ServerState.Up);
        return node;
    }

    /// <summary>What the manual says: drain, and wait until nobody is left.</summary>
    private async Task<int> DrainAsync(int worker, int patience)
    {
        await using var drain = NodeProcess.Start(
            "drain", Name(worker), "--wait", "--timeout", $"{patience}s", "--manager", _manager.Manager.ToString());
        return await drain.EndAsync();
    }

    private async Task RestartAsync(int worker)
    {
        var old = _workers[worker]!;
        old.Send(Signal.Terminate);
        Assert.Equal(0, await old.EndAsync());
        await old.DisposeAsync();
        _workers[worker] = null;
        _workers[worker] = await StartAsync(worker, old.BusinessPorts[0]);
        var before = Answers(worker);
        await Fleet.HoldsAsync(() => Task.FromResult(Answers(worker) > before), () => $"{Name(worker)} serves again");
    }

    private int Answers(int worker) => _clients.Sum(client => client.Answers.GetValueOrDefault(Name(worker)));

    private async Task AssertAllIsWellAsync()
    {
        Assert.All(_clients, client => Assert.Null(client.Failure));
        foreach (var client in _clients)
            await client.FinishAsync();
    }
}
