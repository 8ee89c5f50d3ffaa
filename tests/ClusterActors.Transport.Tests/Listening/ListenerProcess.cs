using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using ClusterActors.TestSupport;
using ClusterActors.Transport.Polling;

namespace ClusterActors.Transport.Tests.Listening;

/// <summary>Runs <see cref="ListenerProgram"/> and reads what it says.</summary>
internal sealed class ListenerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ListenerProcess(Process process) => _process = process;

    /// <param name="prefix">A program that starts it, with that program's arguments.</param>
    /// <param name="engine">How it waits for its sockets.</param>
    /// <param name="port">Where it listens on loopback.</param>
    /// <param name="descriptors">How many descriptors it may open once it listens; <see langword="null"/>: no limit.</param>
    public static ListenerProcess Start(IReadOnlyList<string> prefix, PollEngine engine, int port, int? descriptors = null)
    {
        var dotnet = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet");
        List<string> command = [.. prefix, dotnet, typeof(ListenerProgram).Assembly.Location, engine.ToString(), Text(port)];
        if (descriptors is { } limit)
            command.Add(Text(limit));
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return new ListenerProcess(Process.Start(start)!);
    }

    /// <summary>The rest of the next line that starts with <paramref name="word"/>.</summary>
    public async Task<string> SaysAsync(string word)
    {
        using var limit = new CancellationTokenSource(Eventually.Limit);
        var said = new List<string>();
        while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith(word, StringComparison.Ordinal))
                return line[word.Length..];
            said.Add(line);
        }

        throw new InvalidOperationException($"ended without '{word}', but said: {string.Join(" / ", said)}");
    }

    public async Task<IPEndPoint> ListensAsync() =>
        new(IPAddress.Loopback, int.Parse(await SaysAsync(ListenerProgram.Listening), CultureInfo.InvariantCulture));

    /// <summary>Ends it by closing its input.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(Eventually.Limit);
        return _process.ExitCode;
    }

    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
