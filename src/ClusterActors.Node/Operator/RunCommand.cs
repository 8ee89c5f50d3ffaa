using System.CommandLine;
using ClusterActors.Node.Run;

namespace ClusterActors.Node.Operator;

/// <summary><c>[run] [--config FILE] [--set key=value]...</c>: runs a node until it is told to stop.</summary>
internal sealed class RunCommand
{
    private readonly Option<string?> _config = new("--config", "-c") { Description = "HOCON file over the defaults.", HelpName = "FILE" };
    private readonly Option<string[]> _set = SetOption();
    private readonly Command _run = new("run", "Run a node; also what happens without a command.");

    /// <summary>Gives a root the command, and its options and action for when it is called without a command.</summary>
    public void AddTo(RootCommand root, Func<RunOptions, CancellationToken, Task<int>> runNode)
    {
        root.Add(_run);
        foreach (var command in new[] { root, _run })
        {
            command.Options.Add(_config);
            command.Options.Add(_set);
            command.SetAction((parsed, cancellation) =>
                runNode(new RunOptions(parsed.GetValue(_config), parsed.GetValue(_set) ?? []), cancellation));
        }
    }

    /// <summary>An option of <c>run</c> that was given, and would be ignored, ahead of another command.</summary>
    public string? Misplaced(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (command is RootCommand || command == _run)
            return null;
        return parsed.GetResult(_config) is { Implicit: false } ? _config.Name
            : parsed.GetResult(_set) is { Implicit: false } ? _set.Name
            : null;
    }

    /// <summary><c>--set key=value</c>, as often as needed.</summary>
    public static Option<string[]> SetOption() => new("--set", "-s")
    {
        Description = "One setting over the file, key=value, as in worker.threads=4; may come several times.",
        HelpName = "key=value",
    };
}
