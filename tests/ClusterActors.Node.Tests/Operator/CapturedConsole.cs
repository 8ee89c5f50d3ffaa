using System.Globalization;
using System.Text;
using ClusterActors.Node.Operator;
using ClusterActors.Node.Run;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console;

namespace ClusterActors.Node.Tests.Operator;

/// <summary>Runs the command line in this process and keeps what it printed.</summary>
internal sealed class CapturedConsole
{
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();

    public CapturedConsole(int width = 120)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(WriterTo(_out)),
        });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        Time.SetUtcNow(new DateTimeOffset(2026, 1, 2, 12, 0, 0, TimeSpan.Zero));
        Console = new OperatorConsole(console, WriterTo(_error), Time) { WatchInterval = TimeSpan.Zero, By = "alice@ops-1" };
    }

    public OperatorConsole Console { get; init; }

    /// <summary>What is typed at the terminal; without it there is none.</summary>
    public string? Typed
    {
        init => Console = Console with { In = value is null ? null : new StringReader(value) };
    }

    public FakeTimeProvider Time { get; } = new();

    /// <summary>What a run was called with, when it was.</summary>
    public RunOptions? Run { get; private set; }

    public string Output => _out.ToString();

    public string Errors => _error.ToString();

    /// <summary>The lines of the output without the blanks that pad them.</summary>
    public IReadOnlyList<string> Lines => [.. Output.Split('\n').Select(line => line.TrimEnd())];

    public Task<int> RunAsync(params string[] args) => RunAsync(CancellationToken.None, args);

    public Task<int> RunAsync(CancellationToken cancellation, params string[] args) =>
        CommandLine.RunAsync(args, Console, TakeRun, cancellation);

    private static StringWriter WriterTo(StringBuilder text) => new(text, CultureInfo.InvariantCulture) { NewLine = "\n" };

    private Task<int> TakeRun(RunOptions options, CancellationToken cancellation)
    {
        Run = options;
        return Task.FromResult(42);
    }
}
