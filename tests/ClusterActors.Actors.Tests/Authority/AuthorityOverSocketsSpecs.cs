using ClusterActors.Actors.Tests.Harness;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests.Authority;

/// <summary>Whole nodes: three managers and a worker decide over real links who commands.</summary>
public sealed class AuthorityOverSocketsSpecs : IAsyncLifetime
{
    private readonly Dictionary<string, TestNode> _managers = [];
    private readonly List<int> _ports = [FreePort.Next(), FreePort.Next(), FreePort.Next()];
    private TestNode? _worker;

    private string Common => $"authority.lease = 3s, clustersServer = [{string.Join(", ", _ports.Select(port => $"\"127.0.0.1:{port}\""))}]";

    public async Task InitializeAsync()
    {
        for (var i = 0; i < _ports.Count; i++)
            _managers[$"m-{i}"] = await TestNode.StartManagerAsync($"node = m-{i}, clustersPort = {_ports[i]}, {Common}");
        _worker = await TestNode.StartAsync($"node = w-1, clustersRole = 1, {Common}");
    }

    public async Task DisposeAsync()
    {
        await _worker!.DisposeAsync();
        foreach (var manager in _managers.Values)
            await manager.DisposeAsync();
    }

    [Fact]
    public async Task One_allocates_and_commands_and_it_moves_when_it_is_told_to_and_when_it_ends()
    {
        var first = await HolderAsync();
        await ServesAsync(first, threads: 1);
        var target = _managers.Keys.First(node => node != first);

        // Any other one says who it is.
        var refused = await AskAsync(target, "action=0");
        Assert.Equal(("not-authority", $"{_managers[first].ClusterPort}"), (refused["code"], refused["port"]));

        var moved = await AskAsync(first, $"action=6&node={target}&by=ann");
        Assert.True(moved["action"] == "1000", moved.Text);
        Assert.Equal((target, "127.0.0.1", $"{_managers[target].ClusterPort}"), (moved["node"], moved["ip"], moved["port"]));
        Assert.Equal("not-authority", (await AskAsync(first, "action=0"))["code"]);
        await ServesAsync(target, threads: 1);

        await _managers[target].DisposeAsync();
        _managers.Remove(target);
        await ServesAsync(await HolderAsync(), threads: 1);
    }

    [Fact]
    public async Task A_worker_that_it_is_handed_to_manages_from_then_on()
    {
        var first = await HolderAsync();
        await ServesAsync(first, threads: 1);

        var moved = await AskAsync(first, "action=6&node=w-1");

        Assert.True(moved["action"] == "1000", moved.Text);
        await _worker!.HasLoggedAsync("w-1 manages servers from now on");
        await UntilAsync(async () => (await AskAsync(_worker, "action=0")).Find("node") == "w-1", "it allocates itself");
    }

    /// <summary>The manager that all managers name as the holder.</summary>
    private async Task<string> HolderAsync()
    {
        var holder = "";
        await UntilAsync(
            async () =>
            {
                var named = new HashSet<string?>();
                foreach (var manager in _managers.Keys)
                    named.Add((await AskAsync(manager, "action=9")).Find("authority"));
                holder = named.Count == 1 ? named.Single() ?? "" : "";
                return _managers.ContainsKey(holder);
            },
            "all name one holder");
        return holder;
    }

    /// <summary>It allocates the worker, and commands it.</summary>
    private async Task ServesAsync(string manager, int threads)
    {
        await UntilAsync(async () => (await AskAsync(manager, "action=0")).Find("node") == "w-1", $"{manager} allocates");
        await UntilAsync(
            async () => (await AskAsync(manager, $"action=2&count={threads}&node=w-1"))["action"] == "1000", $"{manager} commands");
    }

    private Task<Parameters> AskAsync(string manager, string request) => AskAsync(_managers[manager], request);

    private static async Task<Parameters> AskAsync(TestNode node, string request)
    {
        using var peer = await FramePeer.OpenAsync(node.ClusterPort);
        return await peer.AskAsync(request);
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, string expectation)
    {
        using var limit = new CancellationTokenSource(Eventually.Limit);
        while (!await condition())
        {
            Assert.False(limit.IsCancellationRequested, $"never: {expectation}");
            await Task.Delay(50);
        }
    }
}
