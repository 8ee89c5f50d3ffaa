using System.CommandLine;

namespace ClusterActors.Node.Operator;

/// <summary><c>handover NODE</c> and <c>takeover</c>: management authority moves to a named server (action 6).</summary>
internal static class HandoverCommand
{
    /// <summary><c>handover</c>.</summary>
    public static Command CreateHandover(OperatorConsole console)
    {
        var options = new OperatorOptions();
        var node = CommandTarget.Create(ArgumentArity.ExactlyOne, "Node id of the server that is to hold it, as in status.");
        var command = new Command("handover", "Have the holder of management authority hand it to another server.") { node };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var client = options.Client(parsed, console);
            var (name, json) = (parsed.GetValue(node)!, parsed.GetValue(options.Json));
            return await AuthorityOrder.RunAsync(
                console, name, client.HandOverAsync(name, console.By, cancellation), json ? JsonLines.Of : AuthorityLines.Moved, json);
        });
        return command;
    }

    /// <summary><c>takeover</c>.</summary>
    public static Command CreateTakeover(OperatorConsole console)
    {
        var options = new OperatorOptions();
        var command = new Command(
            "takeover", "Have the manager that is asked (--manager) take management authority over: from the holder, or by election when there is none.");
        options.AddTo(command);
        options.AllowOneManager(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var client = options.Client(parsed, console);
            var (name, json) = (await NameAsync(), parsed.GetValue(options.Json));
            return await AuthorityOrder.RunAsync(
                console, name, client.HandOverAsync(name, console.By, cancellation), json ? JsonLines.Of : AuthorityLines.Moved, json);

            // A view that another server gives tells the name of that one.
            async Task<string> NameAsync()
            {
                await using var alone = options.Client(parsed, console, settings => settings with { MaxRedirects = 0 });
                return (await alone.ViewAsync(cancellation)).Manager;
            }
        });
        return command;
    }
}
