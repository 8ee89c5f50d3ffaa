using ClusterActors.Client;
using ClusterActors.TestSupport;

namespace ClusterActors.Node.Tests.Processes.Authority;

/// <summary>A server whose name, ports and folder stay its own, however often it is started and killed.</summary>
/// <param name="node">Its node id.</param>
/// <param name="host">The address others are told.</param>
/// <param name="folder">Holds the folders of all.</param>
/// <param name="settings">What else it is configured with; asked at each start.</param>
public sealed class FleetMember(string node, string host, string folder, Func<IEnumerable<string>> settings) : IAsyncDisposable
{
    private readonly List<NodeProcess> _ended = [];
    private NodeProcess? _process;
    private bool _isStopped;

    public string Node { get; } = node;

    public int Port { get; } = FreePort.Next();

    public ServerAddress Address => new(host, Port);

    public bool IsRunning => _process is not null;

    public bool IsAwake => IsRunning && !_isStopped;

    /// <summary>Programs that the next starts go through, each becoming the next.</summary>
    public IReadOnlyList<string> Outer { get; set; } = [];

    /// <summary>Setting <c>dataDirectory</c>.</summary>
    public string Folder { get; } = Path.Combine(folder, node);

    public string Ballot => Path.Combine(Folder, Node, "ballot.json");

    public string Fence => Path.Combine(Folder, Node, "fence.json");

    /// <summary>What it wrote in all its runs.</summary>
    public string Output => string.Join('\n', _ended.Append(_process).OfType<NodeProcess>().Select(process => process.Output));

    /// <summary>What it wrote in this run.</summary>
    public string Newest => (_process ?? _ended[^1]).Output;

    /// <summary>Starts it and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        var process = Launch();
        await NodeProcess.ReadyAsync(process);
    }

    /// <summary>Starts it without waiting.</summary>
    public NodeProcess Launch()
    {
        Assert.Null(_process);
        return _process = NodeProcess.StartWithin(
            Outer, NodeProcess.Call([$"node={Node}", $"host={host}", $"clustersPort={Port}", "port=[0]", $"dataDirectory=\"{Folder}\"", .. settings()]));
    }

    /// <summary>Sends a signal; it is known to sleep after <see cref="Signal.Stop"/>.</summary>
    public void Send(Signal signal)
    {
        _process!.Send(signal);
        _isStopped = signal == Signal.Stop || (_isStopped && signal != Signal.Continue);
    }

    /// <summary>Ends it at once, and returns when it is no more.</summary>
    public async Task KillAsync()
    {
        Send(Signal.Kill);
        await EndAsync();
    }

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync()
    {
        var process = _process!;
        var code = await process.EndAsync();
        (_process, _isStopped) = (null, false);
        _ended.Add(process);
        return code;
    }

    /// <summary>Makes it run again, whatever was done to it.</summary>
    public async Task HealAsync()
    {
        if (_isStopped)
            Send(Signal.Continue);
        if (_process is null)
            await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _ended.Append(_process).OfType<NodeProcess>())
            await process.DisposeAsync();
    }
}
