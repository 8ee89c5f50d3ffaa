using System.CommandLine;
using System.Globalization;
using ClusterActors.Client;
using ClusterActors.Node.Run;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Node.Operator;

/// <summary><c>allocate [--key K] [--explain] [--count N]</c>: which worker a client is sent to (action 0).</summary>
internal static class AllocateCommand
{
    /// <summary>The command.</summary>
    public static Command Create(OperatorConsole console)
    {
        var options = new OperatorOptions();
        var request = new RequestOptions();
        var explain = new Option<bool>("--explain") { Description = "List every worker, its score, and why it was or was not chosen." };
        var command = new Command("allocate", "Ask which worker a client is sent to.");
        options.AddTo(command);
        request.AddTo(command);
        command.Options.Add(explain);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var client = options.Client(parsed, console);
            var (json, explained) = (parsed.GetValue(options.Json), parsed.GetValue(explain));
            var allocations = new List<WorkerAllocation>();
            try
            {
                for (var i = 0; i < parsed.GetValue(request.Count); i++)
                {
                    allocations.Add(await client.AllocateAsync(parsed.GetValue(request.Key), explained, cancellation));
                    if (json)
                        console.WriteLine(JsonLines.Of(allocations[^1]));
                }
            }
            catch (RequestRefusedException refusal)
            {
                ShowRefusal(refusal, allocations, console, json);
                return ExitCodes.Failed;
            }

            if (!json)
                Show(allocations, console);
            return ExitCodes.Left;
        });
        return command;
    }

    private static void Show(List<WorkerAllocation> allocations, OperatorConsole console)
    {
        if (allocations is [var only])
            console.WriteLine(Line(only));
        else
            Tally.Write(console, "allocations", allocations.Select(allocation => allocation.Node ?? allocation.Worker.ToString()));
        if (allocations[^1].Explanation is { Count: > 0 } explanation)
            console.Out.Write(ExplanationTable.Of(explanation));
    }

    private static void ShowRefusal(
        RequestRefusedException refusal, List<WorkerAllocation> before, OperatorConsole console, bool json)
    {
        if (json)
            console.WriteLine(JsonLines.Of(refusal));
        else if (before.Count > 0)
            Tally.Write(console, "allocations", before.Select(allocation => allocation.Node ?? allocation.Worker.ToString()));
        if (!json && refusal.Explanation.Count > 0)
            console.Out.Write(ExplanationTable.Of(refusal.Explanation));
        console.WriteError(refusal.Message);
    }

    /// <summary>An allocation in one line.</summary>
    public static string Line(WorkerAllocation allocation)
    {
        var lease = allocation is { Lease: { } token, ExpiresIn: { } expires }
            ? string.Create(CultureInfo.InvariantCulture, $"  lease {token} (expires in {expires.TotalSeconds:0} s)")
            : "  no lease (an existing CshBBrain manager gives none)";
        return $"{allocation.Node ?? HumanUnits.Unknown}  {allocation.Worker}{lease}";
    }
}
