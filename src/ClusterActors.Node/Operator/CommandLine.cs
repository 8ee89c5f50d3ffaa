using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using ClusterActors.Client;
using ClusterActors.Node.Run;

namespace ClusterActors.Node.Operator;

/// <summary>The command line of the node: <c>run</c> and the operator's commands.</summary>
internal static class CommandLine
{
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>Does what the arguments say.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="console">Where operator commands print.</param>
    /// <param name="runNode">Runs a node.</param>
    /// <param name="cancellation">Ctrl-C or SIGTERM.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args,
        OperatorConsole console,
        Func<RunOptions, CancellationToken, Task<int>> runNode,
        CancellationToken cancellation)
    {
        var run = new RunCommand();
        var parsed = Tree(run, console, runNode).Parse(args, Parsing);
        if (parsed.Action is ParseErrorAction)
            return Misused(parsed, console, parsed.Errors.Select(error => error.Message));
        if (run.Misplaced(parsed) is { } option)
            return Misused(parsed, console, [$"{option} is for run, not for {parsed.CommandResult.Command.Name}."]);
        var invocation = new InvocationConfiguration
        {
            Output = console.Out.Profile.Out.Writer,
            Error = console.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            return await parsed.InvokeAsync(invocation, cancellation);
        }
        catch (FleetException failure)
        {
            console.WriteError(failure.Message);
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCodes.Failed;
        }
    }

    private static RootCommand Tree(
        RunCommand run, OperatorConsole console, Func<RunOptions, CancellationToken, Task<int>> runNode)
    {
        var root = new RootCommand(
            "ClusterActors: a fleet of business servers and the managers that look after them. Without a command it runs a node.");
        run.AddTo(root, runNode);
        root.Add(CheckConfigCommand.Create(console));
        root.Add(StatusCommand.Create(console));
        root.Add(AllocateCommand.Create(console));
        root.Add(TryCommand.Create(console));
        root.Add(CommandCommand.Create(console));
        root.Add(DrainCommand.CreateDrain(console));
        root.Add(DrainCommand.CreateUndrain(console));
        root.Add(HandoverCommand.CreateHandover(console));
        root.Add(HandoverCommand.CreateTakeover(console));
        root.Add(ReadmitCommand.Create(console));
        root.Add(ForceAuthorityCommand.Create(console));
        return root;
    }

    private static int Misused(ParseResult parsed, OperatorConsole console, IEnumerable<string> sentences)
    {
        foreach (var sentence in sentences)
            console.WriteError(sentence);
        console.WriteError($"See {string.Concat(Path(parsed.CommandResult).Select(name => name + " "))}--help for what there is.");
        return ExitCodes.Configuration;
    }

    /// <summary>The names of a command and of those above it, without the root's.</summary>
    private static IEnumerable<string> Path(SymbolResult? result) => result is CommandResult { Command: not RootCommand } command
        ? Path(command.Parent).Append(command.Command.Name)
        : [];
}
