using ClusterActors.Client;
using ClusterActors.TestSupport;

namespace ClusterActors.Node.Tests.Processes.Data;

/// <summary>A server of business data whose folder stays its own, however often it is ended and started.</summary>
/// <param name="folder">Setting <c>dataDirectory</c>.</param>
/// <param name="settings">What else it is configured with; a lone server unless that says otherwise.</param>
public sealed class DataServer(string folder, params string[] settings) : IAsyncDisposable
{
    private const string Node = "data-1";

    private readonly List<NodeProcess> _ended = [];
    private NodeProcess? _process;

    /// <summary>The folder of the node's own data.</summary>
    public static string OriginIn(string folder) => Path.Combine(folder, Node, "origin");

    /// <summary>Programs that the next starts go through, each becoming the next.</summary>
    public IReadOnlyList<string> Outer { get; init; } = [];

    /// <summary>The business port of this run.</summary>
    public int Port => _process!.BusinessPorts[0];

    /// <summary>Where operators ask in this run, when it is a manager too.</summary>
    public ServerAddress Manager => _process!.Manager;

    /// <summary>The running process.</summary>
    public int Id => _process!.Id;

    /// <summary>What it wrote in its newest run.</summary>
    public string Output => (_process ?? _ended[^1]).Output;

    /// <summary>Starts it and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        Launch();
        await NodeProcess.ReadyAsync(_process!);
    }

    /// <summary>Starts it without waiting.</summary>
    public void Launch()
    {
        Assert.Null(_process);
        _process = NodeProcess.StartWithin(
            Outer,
            NodeProcess.Call([$"node={Node}", "clustersSwitch=0", "port=[0]", "worker.handler=data", "store.reserve=1MiB", $"dataDirectory=\"{folder}\"", .. settings]));
    }

    public void Send(Signal signal) => _process!.Send(signal);

    /// <summary>Ends it at once, and returns when it is no more.</summary>
    public Task KillAsync()
    {
        Send(Signal.Kill);
        return EndAsync();
    }

    /// <summary>Asks it to leave, and returns when it has.</summary>
    public async Task LeaveAsync()
    {
        Send(Signal.Terminate);
        Assert.Equal(0, await EndAsync());
    }

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync()
    {
        var process = _process!;
        var code = await process.EndAsync();
        _process = null;
        _ended.Add(process);
        return code;
    }

    /// <summary>Whether it has written all of these words in its newest run.</summary>
    public bool Says(params string[] words) => words.All(word => Output.Contains(word, StringComparison.Ordinal));

    /// <summary>Waits until it has written all of these words in its newest run.</summary>
    public Task SaysAsync(params string[] words) =>
        Fleet.HoldsAsync(() => Task.FromResult(Says(words)), () => $"the server says {string.Join(" and ", words)}\n{Output}");

    /// <summary>Waits until there is something in the folder of its data, or it is ready.</summary>
    /// <param name="name">A file or folder, from the node's folder on.</param>
    public Task HasMadeAsync(string name)
    {
        var path = Path.Combine(folder, Node, name);
        return Eventually.HoldsAsync(() => Path.Exists(path), $"there is {path}\n{Output}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _ended.Append(_process).OfType<NodeProcess>())
            await process.DisposeAsync();
    }
}
