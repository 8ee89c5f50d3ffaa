using System.CommandLine;
using ClusterActors.Node.Run;

namespace ClusterActors.Node.Operator;

/// <summary><c>[run] [--config FILE] [--set key=value]...</c>: runs a node until it is told to stop.</summary>
internal static class RunCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Func<RunOptions, CancellationToken, Task<int>> runNode)
    {
        var command = new Command("run", "Run a node; also what happens without a command.");
        MakeDefault(command, runNode);
        return command;
    }

    /// <summary>Gives a command the options and the action of <c>run</c>.</summary>
    public static void MakeDefault(Command command, Func<RunOptions, CancellationToken, Task<int>> runNode)
    {
        var config = new Option<string?>("--config", "-c")
        {
            Description = "HOCON file over the defaults.",
            HelpName = "FILE",
        };
        var set = SetOption();
        command.Options.Add(config);
        command.Options.Add(set);
        command.SetAction((parsed, cancellation) =>
            runNode(new RunOptions(parsed.GetValue(config), parsed.GetValue(set) ?? []), cancellation));
    }

    /// <summary><c>--set key=value</c>, as often as needed.</summary>
    public static Option<string[]> SetOption() => new("--set", "-s")
    {
        Description = "One setting over the file, key=value, as in worker.threads=4; may come several times.",
        HelpName = "key=value",
    };
}
