using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using ClusterActors.Client;

namespace ClusterActors.Benchmarks.Fleets;

/// <summary>A node in a process of its own that can be signalled, and started again with the same settings and the same memory.</summary>
/// <param name="name">Its node id.</param>
/// <param name="clusterPort">Its cluster port, on loopback.</param>
/// <param name="command">Program and arguments up to where settings are added.</param>
/// <param name="settings"><c>key=value</c>, each for one <c>--set</c>.</param>
internal sealed partial class NodeUnderTest(string name, int clusterPort, IReadOnlyList<string> command, IReadOnlyList<string> settings) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // What still runs when this program is told to end, so that nothing is left behind.
    private static readonly ConcurrentDictionary<int, Process> Running = new();

    private readonly ConcurrentQueue<string> _lines = new();
    private TaskCompletionSource _ready = new();
    private Process? _process;

    public string Name { get; } = name;

    /// <summary>Where clients and operators ask, when it is a manager; also its name among the voters.</summary>
    public ServerAddress Address { get; } = new("127.0.0.1", clusterPort);

    public int Id => _process!.Id;

    /// <summary>Everything it wrote, over all its starts.</summary>
    public IEnumerable<string> Lines => _lines;

    /// <summary>Ends every process that was started here and still runs.</summary>
    public static void KillAll()
    {
        foreach (var process in Running.Values)
            process.Kill();
    }

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <exception cref="InvalidDataException">It ended instead.</exception>
    /// <exception cref="TimeoutException">It was not ready within 60 s.</exception>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo(command[0]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in command.Skip(1).Concat(settings.SelectMany(setting => new[] { "--set", setting })))
            start.ArgumentList.Add(argument);
        _ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        Running[process.Id] = process;
        _process?.Dispose();
        _process = process;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Task.WhenAny(_ready.Task, process.WaitForExitAsync()).WaitAsync(Patience);
        if (!_ready.Task.IsCompleted)
            throw new InvalidDataException($"{Name} ended instead of getting ready");
    }

    /// <summary>Sends a signal.</summary>
    /// <exception cref="InvalidDataException">There is no such process any more.</exception>
    public void Send(Signal signal)
    {
        if (Kill(Id, (int)signal) != 0)
            throw new InvalidDataException($"{Name} had ended before signal {signal}");
    }

    /// <summary>Stops it, and waits until it is: a signal returns before the last thread has taken notice.</summary>
    /// <exception cref="TimeoutException">A thread still ran after 60 s.</exception>
    public async Task StopAsync()
    {
        Send(Signal.Stop);
        using var limit = new CancellationTokenSource(Patience);
        while (Directory.GetDirectories($"/proc/{Id}/task").Any(IsAwake))
        {
            if (limit.IsCancellationRequested)
                throw new TimeoutException($"{Name} did not stop within {Patience.TotalSeconds} s");
            await Task.Delay(1, CancellationToken.None);
        }
    }

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="TimeoutException">It still ran after 60 s.</exception>
    public async Task<int> EndAsync()
    {
        await _process!.WaitForExitAsync().WaitAsync(Patience);
        Running.TryRemove(Id, out _);
        return _process.ExitCode;
    }

    /// <summary>How many of its lines hold this text.</summary>
    public int Count(string text) => _lines.Count(line => line.Contains(text, StringComparison.Ordinal));

    public void Dispose()
    {
        if (_process is not { } process)
            return;
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        Running.TryRemove(process.Id, out _);
        process.Dispose();
    }

    // The state follows the name in parentheses, which may hold anything: T is stopped (proc(5)).
    private static bool IsAwake(string task)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(task, "stat"));
            return stat[stat.LastIndexOf(')') + 2] != 'T';
        }
        catch (IOException)
        {
            // It ended between the two looks.
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    private void Keep(string? line)
    {
        if (line is null)
            return;
        _lines.Enqueue(line);
        if (line.Contains("ready: node ", StringComparison.Ordinal))
            _ready.TrySetResult();
    }
}
