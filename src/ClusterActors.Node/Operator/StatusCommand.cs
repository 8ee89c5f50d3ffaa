using System.CommandLine;
using ClusterActors.Client;
using ClusterActors.Node.Run;

namespace ClusterActors.Node.Operator;

/// <summary><c>status [--watch]</c>: the servers a manager knows and how they are (action 9).</summary>
internal static class StatusCommand
{
    /// <summary>The command.</summary>
    public static Command Create(OperatorConsole console)
    {
        var options = new OperatorOptions();
        var watch = new Option<bool>("--watch", "-w") { Description = "Redraw each second until Ctrl-C." };
        var command = new Command("status", "Show the fleet: every server, its state and its load.");
        options.AddTo(command);
        command.Options.Add(watch);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var client = options.Client(parsed, console);
            var json = parsed.GetValue(options.Json);
            if (parsed.GetValue(watch))
                await new StatusWatch(client, console).RunAsync(json, cancellation);
            else
                await ShowAsync(client, console, json, cancellation);
            return ExitCodes.Left;
        });
        return command;
    }

    private static async Task ShowAsync(ManagerClient client, OperatorConsole console, bool json, CancellationToken cancellation)
    {
        var view = await client.ViewAsync(cancellation);
        if (json)
            console.WriteLine(JsonLines.Of(view));
        else
            console.Out.Write(StatusTable.Of(view, console.Out.Profile.Width, console.Out.Profile.Capabilities.Unicode));
    }
}
