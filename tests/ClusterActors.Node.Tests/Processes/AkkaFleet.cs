using System.Collections.Concurrent;
using ClusterActors.Client;
using ClusterActors.Protocol.Messages;
using ClusterActors.TestSupport;

namespace ClusterActors.Node.Tests.Processes;

/// <summary>Nodes as real processes that keep their ports from start to start, and what the managers see of their Akka.Cluster.</summary>
internal sealed class AkkaFleet : IAsyncDisposable
{
    private readonly Dictionary<string, (int Role, int ClusterPort, int AkkaPort, int BusinessPort)> _nodes = [];
    private readonly ConcurrentDictionary<string, NodeProcess> _running = [];
    private readonly ScratchFolder _folder = new();

    /// <param name="nodes">Names of the nodes; their first letter says the role: m manager, w worker, b both.</param>
    public AkkaFleet(params string[] nodes)
    {
        foreach (var node in nodes)
            _nodes[node] = (node[0] switch { 'm' => 2, 'w' => 1, _ => 3 }, FreePort.Next(), FreePort.Next(), FreePort.Next());
    }

    public NodeProcess this[string node] => _running[node];

    public int AkkaPortOf(string node) => _nodes[node].AkkaPort;

    public int BusinessPortOf(string node) => _nodes[node].BusinessPort;

    public ServerAddress AddressOf(string manager) => new("127.0.0.1", _nodes[manager].ClusterPort);

    /// <summary>Starts a node, or starts it again with the disk it had; returns before it is ready.</summary>
    public void Start(string node, params string[] more)
    {
        var (role, clusterPort, akkaPort, businessPort) = _nodes[node];
        var servers = _nodes.Values.Where(other => other.Role != 1).Select(other => $"\"127.0.0.1:{other.ClusterPort}\"");
        string[] settings =
        [
            $"node={node}", $"clustersRole={role}", $"clustersPort={clusterPort}", $"akkaPort={akkaPort}", $"port=[{businessPort}]",
            $"clustersServer=[{string.Join(',', servers)}]", $"dataDirectory=\"{_folder.Path}\"", .. more,
        ];
        _running[node] = NodeProcess.Start(["run", .. settings.SelectMany(setting => new[] { "--set", setting })]);
    }

    /// <summary>Starts every node and waits until they are ready.</summary>
    public async Task StartAllAsync()
    {
        foreach (var node in _nodes.Keys)
            Start(node);
        foreach (var node in _running.Values)
            await NodeProcess.ReadyAsync(node);
    }

    /// <summary>Ends a node with kill -9.</summary>
    public async Task KillAsync(string node)
    {
        await using var process = _running[node];
        process.Send(Signal.Kill);
        await process.EndAsync();
        _running.TryRemove(node, out _);
    }

    /// <summary>Waits until a manager sees a server so in its Akka.Cluster.</summary>
    public async Task<ServerView> SeesAsync(string manager, string node, MemberState member)
    {
        ServerView? seen = null;
        await Fleet.HoldsAsync(
            async () => (seen = await LookAsync(manager, node))?.Member == member,
            () => $"{manager} sees {node} as {member}; last seen: {seen?.Member.ToString() ?? "nothing"}\n{string.Join('\n', _running.Values.Select(process => process.Output))}");
        return seen!;
    }

    /// <summary>What a manager says of a server.</summary>
    public async Task<ServerView?> LookAsync(string manager, string node) =>
        (await Fleet.ViewAsync(AddressOf(manager)))?.Nodes.SingleOrDefault(server => server.Node == node);

    /// <summary>Waits until a node has written a line.</summary>
    public Task WritesAsync(string node, string part) =>
        Eventually.HoldsAsync(() => _running[node].Output.Contains(part, StringComparison.Ordinal), $"{node} writes: {part}");

    /// <summary>How many of the nodes that run have formed a cluster in their present life.</summary>
    public int Formed => _running.Values.Count(node => node.Output.Contains("forming one as", StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _running.Values)
            await node.DisposeAsync();
        _folder.Dispose();
    }
}
