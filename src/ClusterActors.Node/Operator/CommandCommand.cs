using System.CommandLine;
using ClusterActors.Client;
using ClusterActors.Node.Run;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Node.Operator;

/// <summary><c>command NODE add-workers 2</c> and so on: changes a worker while it serves (actions 2-5, 7, 8).</summary>
internal static class CommandCommand
{
    /// <summary>The command.</summary>
    public static Command Create(OperatorConsole console)
    {
        var options = new OperatorOptions();
        var node = CommandTarget.Create(ArgumentArity.ZeroOrOne);
        var all = new Option<bool>("--all") { Description = "Every worker that is up or draining, instead of NODE.", Recursive = true };
        var seq = new Option<string?>("--seq")
        {
            Description = "Asks for the outcome of a command whose answer was lost; it is not executed twice.",
            HelpName = "seq",
            Recursive = true,
        };
        var command = new Command("command", "Change a worker while it serves: threads, reader-writers, ports.") { node, all, seq };
        options.AddTo(command, recursive: true);
        foreach (var verb in CommandVerbs.Create(RunAsync))
        {
            verb.Validators.Add(result =>
            {
                if (Mistake(CommandTarget.TextOf(result.GetResult(node)), result.GetValue(all), result.GetValue(seq)) is { } mistake)
                    result.AddError(mistake);
            });
            command.Subcommands.Add(verb);
        }

        return command;

        async Task<int> RunAsync(ServerCommand what, ParseResult parsed, CancellationToken cancellation)
        {
            var json = parsed.GetValue(options.Json);
            if (parsed.GetValue(all))
                return await new FleetCommand(() => options.Client(parsed, console), console, json).RunAsync(what, cancellation);
            await using var client = options.Client(parsed, console);
            return await RunOneAsync(client, console, parsed.GetValue(node)!, what, parsed.GetValue(seq), json, cancellation);
        }
    }

    /// <summary>Commands one worker and prints the outcome, or the refusal.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunOneAsync(
        ManagerClient client, OperatorConsole console, string node, ServerCommand what, string? seq, bool json, CancellationToken cancellation)
    {
        try
        {
            var outcome = await client.CommandAsync(node, what, seq, console.By, cancellation);
            console.WriteLine(json ? JsonLines.Of(outcome) : CommandLines.Of(outcome));
            return ExitCodes.Left;
        }
        catch (RequestRefusedException refusal)
        {
            if (json)
                console.WriteLine(JsonLines.Of(node, refusal));
            console.WriteError(CommandLines.Of(node, refusal));
            return ExitCodes.Failed;
        }
    }

    private static string? Mistake(string? node, bool all, string? seq)
    {
        if (all == node is not null)
            return all ? "NODE and --all exclude each other." : "Name a worker as NODE, or give --all.";

        // Arguments of a command above the one that is called are not looked at by the parser.
        if (node is not null && CommandTarget.Mistake(node) is { } mistake)
            return mistake;
        if (seq is null)
            return null;
        return all
            ? "--seq names one command, and --all sends one to each worker."
            : seq.Length is 0 or > Message.MaxSeqLength ? $"--seq must have 1 to {Message.MaxSeqLength} characters." : null;
    }
}
