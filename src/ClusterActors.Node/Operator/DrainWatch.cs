using ClusterActors.Client;
using ClusterActors.Node.Run;
using Spectre.Console;

namespace ClusterActors.Node.Operator;

/// <summary>
/// Waits until a worker that drains is empty, and shows what is left: in place on a terminal, elsewhere a line for each change. A
/// manager that is away is asked on until it is back.
/// </summary>
internal sealed class DrainWatch(ManagerClient client, OperatorConsole console, string node, bool json)
{
    private readonly long _start = console.Time.GetTimestamp();

    private TimeSpan Elapsed => console.Time.GetElapsedTime(_start);

    private string Undo => $"it stays drained ('undrain {node}' lets clients in again)";

    /// <summary>Waits.</summary>
    /// <param name="limit">For how long; <see langword="null"/>: until Ctrl-C.</param>
    /// <param name="cancellation">Ctrl-C.</param>
    /// <returns>One of <see cref="ExitCodes"/>: left when nobody is.</returns>
    public async Task<int> RunAsync(TimeSpan? limit, CancellationToken cancellation)
    {
        string? sentence;
        try
        {
            sentence = !json && console.Out.Profile.Capabilities.Ansi
                ? await console.Out.Live(Text.Empty).StartAsync(live => LoopAsync(words => live.UpdateTarget(new Text(PlainText.Of(words))), limit, cancellation))
                : await LoopAsync(console.WriteLine, limit, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            sentence = $"No longer waiting for {node}; {Undo}.";
        }

        if (sentence is null)
            return ExitCodes.Left;
        console.WriteError(sentence);
        return ExitCodes.Failed;
    }

    /// <returns>Why it ends without the worker being empty, in a sentence; <see langword="null"/> when it is.</returns>
    private async Task<string?> LoopAsync(Action<string> show, TimeSpan? limit, CancellationToken cancellation)
    {
        DrainProgress? last = null;
        string? shown = null;
        while (true)
        {
            var (progress, words) = await LookAsync(cancellation);
            last = progress ?? last;
            if (words != shown)
                Show(show, words, isProgress: progress is not null);
            shown = words;
            if (last is { IsEmpty: true })
                return null;
            if (last is { Ended: { } end })
                return $"{node} {end}.";
            if (limit is { } most && Elapsed >= most)
                return $"{node} has {last?.Left ?? "an unknown number of clients"} left after {HumanUnits.Duration(most)}; {Undo}.";
            await Task.Delay(Pause(limit), console.Time, cancellation);
        }
    }

    /// <returns>What a manager says, when one does, and words about it.</returns>
    private async Task<(DrainProgress? Progress, string Words)> LookAsync(CancellationToken cancellation)
    {
        try
        {
            var progress = DrainProgress.Of(await client.ViewAsync(cancellation), node, Elapsed);
            return (progress, json ? JsonLines.Of(node, progress) : CommandLines.Line(node, progress.Words, 0));
        }
        catch (FleetException failure)
        {
            return (null, failure.Message + " Trying on.");
        }
    }

    private void Show(Action<string> show, string words, bool isProgress)
    {
        // What reads JSON wants nothing else on standard output.
        if (json && !isProgress)
            console.WriteError(words);
        else
            show(words);
    }

    private TimeSpan Pause(TimeSpan? limit) =>
        limit is { } most && most - Elapsed < console.WatchInterval ? most - Elapsed : console.WatchInterval;
}
