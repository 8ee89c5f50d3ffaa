using System.Globalization;
using ClusterActors.Protocol.Messages;
using Spectre.Console;

namespace ClusterActors.Node.Operator;

/// <summary>What an operator command works with: where it prints, and its clock.</summary>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error, for sentences about what went wrong.</param>
/// <param name="Time">The clock of timeouts, pauses and times of day.</param>
internal sealed record OperatorConsole(IAnsiConsole Out, TextWriter Error, TimeProvider Time)
{
    // A pipe has no width of its own; what reads it wants whole lines.
    private const int WidthOfPipe = 240;

    /// <summary>Who is using it, for the audit trail: <c>alice@ops-1</c>.</summary>
    public string By { get; init; } = Named($"{Environment.UserName}@{Environment.MachineName}");

    /// <summary>Where answers are typed; <see langword="null"/> when nobody sits at a terminal.</summary>
    public TextReader? In { get; init; }

    /// <summary>Pause between two views of <c>status --watch</c> and of <c>drain --wait</c>.</summary>
    public TimeSpan WatchInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The console of this process; plain text without colour when it is not a terminal.</summary>
    public static OperatorConsole OfThisProcess()
    {
        var redirected = Console.IsOutputRedirected;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = redirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Out = new AnsiConsoleOutput(Console.Out),
        });
        if (redirected)
            console.Profile.Width = PipeWidth(Environment.GetEnvironmentVariable("COLUMNS"));
        return new OperatorConsole(console, Console.Error, TimeProvider.System)
        {
            // Not Console.In, which cannot be left by Ctrl-C.
            In = Console.IsInputRedirected ? null : new StreamReader(Console.OpenStandardInput(), Console.InputEncoding),
        };
    }

    /// <summary>Prints one line, however long, to standard output.</summary>
    public void WriteLine(string line) => Out.Profile.Out.Writer.WriteLine(PlainText.Of(line));

    /// <summary>Prints one sentence to standard error.</summary>
    public void WriteError(string sentence) => Error.WriteLine(PlainText.Of(sentence));

    private static string Named(string name)
    {
        var plain = PlainText.Of(name);
        while (!CommandRequest.IsName(plain))
            plain = plain[..^1];
        return plain;
    }

    private static int PipeWidth(string? columns) =>
        int.TryParse(columns, NumberStyles.None, CultureInfo.InvariantCulture, out var width) && width is >= 20 and <= 1000
            ? width
            : WidthOfPipe;
}
