using System.CommandLine;
using ClusterActors.Actors.Configuration;
using ClusterActors.Node.Run;

namespace ClusterActors.Node.Operator;

/// <summary><c>check-config FILE [--set key=value]...</c>: says what a node would do with a configuration, or all that is wrong with it.</summary>
internal static class CheckConfigCommand
{
    /// <summary>The command.</summary>
    public static Command Create(OperatorConsole console)
    {
        var file = new Argument<string>("FILE") { Description = "HOCON file." };
        var set = RunCommand.SetOption();
        var command = new Command("check-config", "Check a configuration without starting anything.") { file, set };
        command.SetAction(parsed => Check(parsed.GetRequiredValue(file), parsed.GetValue(set) ?? [], console));
        return command;
    }

    private static int Check(string file, IReadOnlyList<string> sets, OperatorConsole console)
    {
        try
        {
            foreach (var line in ConfigurationSummary.Describe(ConfigurationLoader.Load(file, sets).Settings))
                console.WriteLine(line);
            return ExitCodes.Left;
        }
        catch (ConfigurationException mistakes)
        {
            foreach (var mistake in mistakes.Errors)
                console.WriteError(mistake.Sentence);
            return ExitCodes.Configuration;
        }
    }
}
