using System.CommandLine;
using System.CommandLine.Parsing;
using ClusterActors.Client;
using ClusterActors.Node.Run;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Node.Operator;

/// <summary><c>force-authority [--voters host:port,...] [--yes]</c>: the last resort when a majority of the voters is lost for good (action 71).</summary>
internal static class ForceAuthorityCommand
{
    /// <summary>The command.</summary>
    public static Command Create(OperatorConsole console)
    {
        var options = new OperatorOptions();
        var voters = new Option<ServerAddress[]?>("--voters")
        {
            Description = "Who votes from now on, as the servers name each other; the one that is asked alone when not given.",
            HelpName = "host:port,...",
            CustomParser = ParseVoters,
        };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask: every voter that is left out is stopped." };
        var command = new Command(
            "force-authority",
            "Last resort when a majority of the voters is lost for good: the server that is asked (--manager) goes on with the voters you name. Every voter that is left out must be stopped.")
        {
            voters,
            yes,
        };
        options.AddTo(command);
        options.AllowOneManager(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var server = parsed.GetValue(options.Managers)![0];
            await using var client = options.Client(parsed, console, settings => settings with { MaxRedirects = 0 });
            var known = await LookAsync(client, cancellation);
            ServerAddress[] chosen = parsed.GetValue(voters) is { Length: > 0 } given ? given : [known.Self ?? server];
            var others = known.Voters.Except(chosen.Select(voter => voter.ToString())).ToList();
            if (!parsed.GetValue(yes) && await new ForceQuestion(console, server, chosen, others).AskAsync(cancellation) is { } no)
            {
                console.WriteError(no);
                return ExitCodes.Failed;
            }

            var json = parsed.GetValue(options.Json);
            return await AuthorityOrder.RunAsync(
                console,
                server.ToString(),
                client.ForceAuthorityAsync(chosen, console.By, cancellation),
                outcome => json ? JsonLines.Of(outcome, chosen) : AuthorityLines.Forced(server, chosen, outcome),
                json);
        });
        return command;
    }

    /// <summary>Asks the server what it is called among the voters, and who they are. One that does not tell can be forced all the same.</summary>
    private static async Task<(ServerAddress? Self, IReadOnlyList<string> Voters)> LookAsync(ManagerClient client, CancellationToken cancellation)
    {
        try
        {
            var view = await client.ViewAsync(cancellation);
            var self = view.Voters.FirstOrDefault(voter => voter.Node == view.Manager)?.Address;
            return (self is not null && ServerAddress.TryParse(self, out var address, out _) ? address : null, [.. view.Voters.Select(voter => voter.Address)]);
        }
        catch (RequestRefusedException)
        {
            // A witness is no manager and has no view to give.
            return (null, []);
        }
    }

    private static ServerAddress[] ParseVoters(ArgumentResult result)
    {
        var voters = new List<ServerAddress>();
        foreach (var text in result.Tokens[0].Value.Split(','))
        {
            if (ServerAddress.TryParse(text, out var address, out var reason))
                voters.Add(address);
            else
                result.AddError($"--voters {reason}.");
        }

        if (voters.Count > ForceAuthorityRequest.MaxVoters || voters.Distinct().Count() != voters.Count)
            result.AddError($"--voters must be 1 to {ForceAuthorityRequest.MaxVoters} different addresses separated by commas.");
        return [.. voters];
    }
}
