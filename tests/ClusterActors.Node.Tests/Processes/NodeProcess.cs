using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using ClusterActors.Client;
using ClusterActors.TestSupport;

namespace ClusterActors.Node.Tests.Processes;

/// <summary>A real node in a process of its own, ended with real signals.</summary>
public sealed partial class NodeProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ScratchFolder? _folder;

    private NodeProcess(Process process, string host, ScratchFolder? folder)
    {
        _process = process;
        _folder = folder;
        Host = host;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Everything it wrote so far.</summary>
    public string Output => string.Join('\n', _lines);

    public int Id => _process.Id;

    /// <summary>The address others are told.</summary>
    public string Host { get; }

    public int ClusterPort { get; private set; }

    /// <summary>Port of Akka.Remote; 0 when it has none.</summary>
    public int AkkaPort { get; private set; }

    public IReadOnlyList<int> BusinessPorts { get; private set; } = [];

    /// <summary>Where operators and clients ask, when it is a manager.</summary>
    public ServerAddress Manager => new(Host, ClusterPort);

    /// <summary>The repository's root, where hocon/ is.</summary>
    public static string Root { get; } = FindRoot();

    // What runs in the background of a script ignores Ctrl-C, and so would its children: a node that is started so is ended by SIGTERM.
    private static readonly bool IgnoresInterrupt = OperatingSystem.IsLinux() && InterruptIsIgnored();

    /// <summary>Starts a program call of the console; it may be any command.</summary>
    public static NodeProcess Start(params string[] arguments) => StartWithin([], arguments);

    /// <summary>
    /// Starts a program call of the console within a program that becomes it, such as <c>ip netns exec NAME</c>. A node whose
    /// <c>dataDirectory</c> is not named keeps what it keeps in a folder of its own, which is deleted with it.
    /// </summary>
    public static NodeProcess StartWithin(IReadOnlyList<string> outer, params string[] arguments)
    {
        var folder = arguments is ["run", ..] && Setting(arguments, "dataDirectory") is null ? new ScratchFolder() : null;
        string[] call =
        [
            .. outer,
            .. IgnoresInterrupt ? (string[])["env", "--default-signal=INT"] : [],
            "dotnet",
            Path.Combine(AppContext.BaseDirectory, "ClusterActors.Node.dll"),
            .. arguments,
            .. arguments is ["run", ..] && Setting(arguments, "akkaPort") is null ? ["--set", "akkaPort=0"] : Array.Empty<string>(),
            .. folder is null ? Array.Empty<string>() : ["--set", $"dataDirectory=\"{folder.Path}\""],
        ];
        return new NodeProcess(Tools.Start(call[0], Root, call[1..]), Setting(arguments, "host") ?? "127.0.0.1", folder);
    }

    /// <summary>Starts a node with settings and waits until it is ready.</summary>
    /// <param name="settings"><c>key=value</c>, each for one <c>--set</c>.</param>
    public static Task<NodeProcess> RunAsync(params string[] settings) => ReadyAsync(StartWithin([], Call(settings)));

    /// <summary>A call of <c>run</c> with settings.</summary>
    /// <param name="settings"><c>key=value</c>, each for one <c>--set</c>.</param>
    public static string[] Call(IEnumerable<string> settings) => ["run", .. settings.SelectMany(setting => new[] { "--set", setting })];

    /// <summary>A manager only, on free ports, and the only one.</summary>
    public static Task<NodeProcess> RunManagerAsync(params string[] settings) =>
        RunAsync(["node=manager", "clustersRole=2", "clustersPort=0", "clustersServer=[]", "port=[0]", .. settings]);

    /// <summary>A worker of these managers, on free ports.</summary>
    public static Task<NodeProcess> RunWorkerAsync(string node, IEnumerable<int> managers, params string[] settings) =>
        RunAsync([
            $"node={node}",
            "clustersRole=1",
            "clustersPort=0",
            "port=[0]",
            $"clustersServer=[{string.Join(',', managers.Select(port => $"\"127.0.0.1:{port}\""))}]",
            .. settings,
        ]);

    /// <summary>Waits until a started node is ready.</summary>
    public static async Task<NodeProcess> ReadyAsync(NodeProcess node)
    {
        await Eventually.HoldsAsync(() => node._process.HasExited || ReadyLine().IsMatch(node.Output), "the node is ready");
        var ready = ReadyLine().Match(node.Output);
        Assert.True(ready.Success, $"the node ended instead of getting ready:\n{node.Output}");
        node.BusinessPorts = [.. Numbers(ready.Groups["business"].Value)];
        node.ClusterPort = Numbers(ready.Groups["cluster"].Value).FirstOrDefault();
        node.AkkaPort = Numbers(ready.Groups["akka"].Value).FirstOrDefault();
        return node;
    }

    /// <summary>Sends a signal, such as <see cref="Signal.Terminate"/>.</summary>
    public void Send(Signal signal) => Assert.Equal(0, Kill(_process.Id, (int)signal));

    /// <summary>How many of its threads have a name that begins so; the system cuts names at 15 characters.</summary>
    public int CountThreads(string prefix) => Directory.GetDirectories($"/proc/{Id}/task").Count(task =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).StartsWith(prefix, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // It ended between the two looks.
            return false;
        }
    });

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync()
    {
        using var limit = new CancellationTokenSource(Eventually.Limit);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _folder?.Dispose();
    }

    private static bool InterruptIsIgnored()
    {
        const string Field = "SigIgn:";
        var mask = File.ReadLines("/proc/self/status").First(line => line.StartsWith(Field, StringComparison.Ordinal))[Field.Length..];
        return (ulong.Parse(mask, NumberStyles.HexNumber | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture) & (1UL << ((int)Signal.Interrupt - 1))) != 0;
    }

    private static string? Setting(IEnumerable<string> arguments, string key) =>
        arguments.LastOrDefault(argument => argument.StartsWith(key + '=', StringComparison.Ordinal))?[(key.Length + 1)..].Trim('"');

    private static IEnumerable<int> Numbers(string text) =>
        text == "none" ? [] : text.Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ClusterActors.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("the tests do not run inside the repository");
    }

    [GeneratedRegex("ready: node \\S+, business ports (?<business>\\S+), cluster port (?<cluster>[^\\s,]+), akka port (?<akka>\\S+)")]
    private static partial Regex ReadyLine();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    private void Keep(string? line)
    {
        if (line is not null)
            _lines.Enqueue(line);
    }
}
