using System.CommandLine;
using ClusterActors.Client;
using ClusterActors.Node.Run;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Node.Operator;

/// <summary><c>readmit NODE</c>: a voter that lost its disk takes part in elections again (action 72).</summary>
internal static class ReadmitCommand
{
    /// <summary>The command.</summary>
    public static Command Create(OperatorConsole console)
    {
        var options = new OperatorOptions();
        var node = CommandTarget.Create(ArgumentArity.ExactlyOne, "Node id or address of the voter, as in status.");
        var command = new Command(
            "readmit",
            "Let a voter that lost its disk vote again. What it had promised is gone, so its vote does not count until a majority of the other voters has told it what they know.")
        {
            node,
        };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var (name, json) = (parsed.GetValue(node)!, parsed.GetValue(options.Json));
            IReadOnlyList<VoterView> voters;
            await using (var managers = options.Client(parsed, console))
                voters = (await managers.ViewAsync(cancellation)).Voters;
            if (Find(voters, name) is not { } address)
            {
                console.WriteError(WhyNot(voters, name));
                return ExitCodes.Failed;
            }

            await using var client = new ManagerClient([address], options.Settings(parsed), console.Time);
            return await AuthorityOrder.RunAsync(
                console,
                name,
                client.ReadmitAsync(console.By, cancellation),
                outcome => json ? JsonLines.Of(outcome with { Node = outcome.Node ?? name }) : AuthorityLines.Readmitted(name, outcome),
                json);
        });
        return command;
    }

    private static ServerAddress? Find(IReadOnlyList<VoterView> voters, string name) =>
        voters.FirstOrDefault(voter => voter.Node == name || voter.Address == name) is { } voter
        && ServerAddress.TryParse(voter.Address, out var address, out _)
            ? address
            : null;

    private static string WhyNot(IReadOnlyList<VoterView> voters, string name) => voters.Count == 0
        ? "The manager does not tell of any voters."
        : $"No voter is called {name}. The voters are {string.Join(", ", voters.Select(voter => voter.Node is { } node ? $"{node} ({voter.Address})" : voter.Address))}.";
}
