using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Node.Operator;

/// <summary>What <c>command</c> can have a worker do: a command below it for each.</summary>
internal static class CommandVerbs
{
    /// <summary>Creates the commands.</summary>
    /// <param name="run">Has it done, and gives the exit code.</param>
    public static IEnumerable<Command> Create(Func<ServerCommand, ParseResult, CancellationToken, Task<int>> run)
    {
        yield return Counted("add-workers", "Add worker threads.", count => new ServerCommand.AddThreads(count), run);
        yield return Counted("remove-workers", "Remove worker threads; each finishes what it has.", count => new ServerCommand.RemoveThreads(count), run);
        yield return Counted("add-reader-writers", "Add reader-writers.", count => new ServerCommand.AddReaderWriters(count), run);
        yield return Counted("remove-reader-writers", "Remove reader-writers; their connections move to the others.", count => new ServerCommand.RemoveReaderWriters(count), run);
        yield return OpenPort(run);
        yield return ClosePort(run);
    }

    private static Command Counted(
        string word, string description, Func<int, ServerCommand> create, Func<ServerCommand, ParseResult, CancellationToken, Task<int>> run)
    {
        var count = Number("COUNT", "How many, 1 or more.", 1, int.MaxValue);
        var command = new Command(word, description) { count };
        command.SetAction((parsed, cancellation) => run(create(parsed.GetRequiredValue(count)), parsed, cancellation));
        return command;
    }

    private static Command OpenPort(Func<ServerCommand, ParseResult, CancellationToken, Task<int>> run)
    {
        var port = Number("PORT", "The port, 1 to 65535.", 1, IPEndPoint.MaxPort);
        var command = new Command("open-port", "Open a listening port for clients.") { port };
        command.SetAction((parsed, cancellation) => run(new ServerCommand.OpenPort(parsed.GetRequiredValue(port)), parsed, cancellation));
        return command;
    }

    private static Command ClosePort(Func<ServerCommand, ParseResult, CancellationToken, Task<int>> run)
    {
        var port = Number("PORT", "The port, 1 to 65535.", 1, IPEndPoint.MaxPort);
        var drain = new Option<int?>("--drain")
        {
            Description = "Tell the clients that came through it to go, and close those that are left after so many seconds. Without it they stay.",
            HelpName = "seconds",
            CustomParser = result => Parse(result, "--drain", 0, int.MaxValue),
        };
        var command = new Command("close-port", "Close a listening port.") { port, drain };
        command.SetAction((parsed, cancellation) =>
            run(new ServerCommand.ClosePort(parsed.GetRequiredValue(port), parsed.GetValue(drain)), parsed, cancellation));
        return command;
    }

    private static Argument<int> Number(string name, string description, int min, int max) => new(name)
    {
        Description = description,
        CustomParser = result => Parse(result, name, min, max),
    };

    private static int Parse(ArgumentResult result, string name, int min, int max)
    {
        var text = result.Tokens[0].Value;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < min || number > max)
            result.AddError($"{name} '{text}' must be a whole number from {min} to {max}.");
        return number;
    }
}
