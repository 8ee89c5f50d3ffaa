using System.Globalization;
using ClusterActors.Benchmarks.Fleets;
using ClusterActors.Client;
using ClusterActors.Protocol.Messages;
using ClusterActors.TestSupport;

namespace ClusterActors.Benchmarks.Authority;

/// <summary>Three managers that vote and some workers, each a process of its own, with their memory in a temporary folder.</summary>
internal sealed class ManagedFleet : IAsyncDisposable
{
    private const int ManagerCount = 3;
    private const int LinesShown = 12;

    // A manager that is stopped or starts takes a connection and does not answer; the next look is soon.
    private static readonly ClientSettings Quick = new() { Timeout = TimeSpan.FromSeconds(2), AuthorityWait = TimeSpan.Zero };
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("clusteractors-authority-");
    private readonly List<ManagerClient> _views = [];

    private ManagedFleet(IReadOnlyList<string> command, int workers, int leaseSeconds, IReadOnlyList<string> settings)
    {
        var ports = Enumerable.Range(0, ManagerCount).Select(_ => FreePort.Next()).ToArray();
        string[] common =
        [
            $"clustersServer=[{string.Join(',', ports.Select(port => $"\"127.0.0.1:{port}\""))}]",
            "port=[0]",
            "akkaPort=0",
            $"dataDirectory=\"{_folder.FullName}\"",
            string.Create(CultureInfo.InvariantCulture, $"authority.lease={leaseSeconds}s"),
            // Nobody comes for the allocations that are asked for; places are free again soon and never run out.
            "allocation.leaseTime=1s",
            "worker.maxClientCount=1000000",
            .. settings,
        ];
        Managers = [.. ports.Select((port, index) => New("manager", index, 2, port))];
        Workers = [.. Enumerable.Range(0, workers).Select(index => New("worker", index, 1, FreePort.Next()))];
        _views.AddRange(Managers.Select(manager => new ManagerClient([manager.Address], Quick)));

        NodeUnderTest New(string kind, int index, int role, int port)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{kind}-{index + 1}");
            return new NodeUnderTest(name, port, command, [$"node={name}", $"clustersRole={role}", $"clustersPort={port}", .. common]);
        }
    }

    public IReadOnlyList<NodeUnderTest> Managers { get; }

    public IReadOnlyList<NodeUnderTest> Workers { get; }

    public IEnumerable<NodeUnderTest> Nodes => Managers.Concat(Workers);

    /// <summary>The managers as a client application is configured with them.</summary>
    public IReadOnlyList<ServerAddress> Addresses => [.. Managers.Select(manager => manager.Address)];

    /// <summary>Starts a fleet.</summary>
    /// <param name="command">How a node is started, up to where settings are added.</param>
    /// <param name="workers">How many workers.</param>
    /// <param name="leaseSeconds">Setting <c>authority.lease</c>.</param>
    /// <param name="settings">More of them, <c>key=value</c>.</param>
    public static async Task<ManagedFleet> StartAsync(IReadOnlyList<string> command, int workers, int leaseSeconds, params string[] settings)
    {
        var fleet = new ManagedFleet(command, workers, leaseSeconds, settings);
        try
        {
            await Task.WhenAll(fleet.Nodes.Select(node => node.StartAsync()));
            return fleet;
        }
        catch
        {
            fleet.ShowLogs();
            await fleet.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Waits until the fleet is as it should be: every manager names one holder and one epoch, every voter votes, every worker is up.
    /// </summary>
    /// <exception cref="TimeoutException">It was not within 90 s.</exception>
    public async Task<Holder> SettleAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var views = await Task.WhenAll(_views.Select(ViewAsync));
            if (views.All(IsWhole) && views.Select(view => (view!.Holder, view.Epoch)).Distinct().Count() == 1)
                return new Holder(Managers.Single(manager => manager.Address.ToString() == views[0]!.Holder), views[0]!.Epoch);
            if (limit.IsCancellationRequested)
                throw new TimeoutException($"the fleet was not whole within {Patience.TotalSeconds} s: {string.Join("; ", views.Select(Tell))}");
            await Task.Delay(PollInterval, CancellationToken.None);
        }
    }

    /// <summary>The one after a manager, in the order of the configuration.</summary>
    public NodeUnderTest After(NodeUnderTest manager) => Managers[(Managers.TakeWhile(one => one != manager).Count() + 1) % Managers.Count];

    /// <summary>Puts the end of every log to standard error: for when a measurement failed.</summary>
    public void ShowLogs()
    {
        foreach (var node in Nodes)
        {
            Console.Error.WriteLine($"--- {node.Name}");
            foreach (var line in node.Lines.TakeLast(LinesShown))
                Console.Error.WriteLine(line);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
            node.Dispose();
        foreach (var view in _views)
            await view.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static async Task<ViewReply?> ViewAsync(ManagerClient manager)
    {
        try
        {
            return await manager.ViewAsync();
        }
        catch (FleetException)
        {
            return null;
        }
    }

    private static string Tell(ViewReply? view) => view is null
        ? "no answer"
        : $"{view.Manager}: {view.Holder ?? view.Why} at {view.Epoch}, {view.Nodes.Count(server => server.State == ServerState.Up)} up, voters {string.Join(", ", view.Voters)}";

    private bool IsWhole(ViewReply? view) =>
        view is { Holder: not null }
        && view.Voters.Count == Managers.Count
        && view.Voters.All(voter => voter is { Linked: true, Admitted: true, Silent: 0, Lease: > 0 } && voter.Epoch == view.Epoch)
        && view.Nodes.Count(server => server.State == ServerState.Up) == Workers.Count;
}
