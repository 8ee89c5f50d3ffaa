using System.Net;
using ClusterActors.Client;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Benchmarks.Fleets;

/// <summary>A manager on loopback with one worker, as an operator and as client applications meet them.</summary>
internal sealed class FleetUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    private readonly ManagerClient _operator;
    private readonly string _worker;
    private readonly List<EchoClient> _clients = [];

    private FleetUnderTest(ManagerClient link, string worker)
    {
        _operator = link;
        _worker = worker;
    }

    /// <summary>Waits until the manager says that its worker is up, and that worker obeys it. The link to the manager stays open.</summary>
    /// <param name="port">Cluster port of the manager.</param>
    /// <exception cref="FleetException">The manager cannot be reached or refuses.</exception>
    /// <exception cref="TimeoutException">No worker was up and obeyed within 20 s.</exception>
    public static async Task<FleetUnderTest> FindAsync(int port)
    {
        var manager = new ManagerClient([new ServerAddress(IPAddress.Loopback.ToString(), port)]);
        try
        {
            using var limit = new CancellationTokenSource(Patience);
            while (true)
            {
                var view = await manager.ViewAsync(CancellationToken.None);
                if (view.Nodes.FirstOrDefault(server => server.State == ServerState.Up) is { } worker
                    && await ObeysAsync(manager, worker.Node))
                    return new FleetUnderTest(manager, worker.Node);
                if (limit.IsCancellationRequested)
                    throw new TimeoutException($"no worker was up and obeyed within {Patience.TotalSeconds} s");
                await Task.Delay(PollInterval, CancellationToken.None);
            }
        }
        catch
        {
            await manager.DisposeAsync();
            throw;
        }
    }

    /// <summary>Has the worker change something (actions 2-5, 7, 8 and 10).</summary>
    /// <exception cref="FleetException">It was refused, or no answer came.</exception>
    public Task<CommandOutcome> CommandAsync(ServerCommand command) => _operator.CommandAsync(_worker, command, by: "benchmark");

    /// <summary>The worker as it reported last.</summary>
    public async Task<ServerReport> ReportAsync() => (await _operator.ViewAsync()).Nodes.Single(server => server.Node == _worker).Report;

    /// <summary>Connects clients, each by an allocation of its own; they are closed with the fleet.</summary>
    /// <exception cref="FleetException">One of them got no connection.</exception>
    public async Task<IReadOnlyList<EchoClient>> ConnectAsync(int count)
    {
        var fleet = new FleetClient(_operator);
        for (var number = 0; number < count; number++)
            _clients.Add(new EchoClient(await fleet.ConnectAsync(), number));
        return _clients;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            await client.DisposeAsync();
        await _operator.DisposeAsync();
    }

    /// <summary>A worker that does not know the newest holder of authority yet cannot be commanded for a moment. The command changes nothing.</summary>
    private static async Task<bool> ObeysAsync(ManagerClient manager, string worker)
    {
        try
        {
            await manager.CommandAsync(worker, new ServerCommand.Drain(On: false), by: "benchmark");
            return true;
        }
        catch (RequestRefusedException refused) when (refused.Code == FailureCode.Unreachable)
        {
            return false;
        }
    }
}
