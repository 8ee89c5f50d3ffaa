using System.CommandLine;
using System.Globalization;
using ClusterActors.Client;
using ClusterActors.Node.Run;

namespace ClusterActors.Node.Operator;

/// <summary><c>try [LINE] [--key K] [--count N]</c>: is a client of the fleet for a moment, so that a newcomer sees it work.</summary>
internal static class TryCommand
{
    /// <summary>The command.</summary>
    public static Command Create(OperatorConsole console)
    {
        var options = new OperatorOptions();
        var request = new RequestOptions();
        var line = new Argument<string>("LINE") { Description = "What to send.", DefaultValueFactory = _ => "hello" };
        var command = new Command("try", "Be a client: ask for a worker, connect to it, send a line, show its answer.") { line };
        options.AddTo(command);
        request.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var managers = options.Client(parsed, console);
            var settings = options.Settings(parsed);
            var trial = new WorkerTrial(new FleetClient(managers, settings, console.Time), settings.Timeout, console.Time);
            var (count, json) = (parsed.GetValue(request.Count), parsed.GetValue(options.Json));
            var done = new List<WorkerTry>();
            try
            {
                for (var i = 0; i < count; i++)
                {
                    done.Add(await trial.RunAsync(parsed.GetValue(request.Key), parsed.GetRequiredValue(line), cancellation));
                    if (json)
                        console.WriteLine(JsonLines.Of(done[^1]));
                }
            }
            finally
            {
                if (!json && done.Count > 0)
                    Show(done, count, console);
            }

            return ExitCodes.Left;
        });
        return command;
    }

    private static void Show(List<WorkerTry> done, int asked, OperatorConsole console)
    {
        if (asked == 1)
        {
            console.WriteLine(AllocateCommand.Line(done[0].Allocation));
            console.WriteLine($"> {done[0].Sent}");
            console.WriteLine($"< {done[0].Received}   ({Milliseconds(done[0].Took)})");
            return;
        }

        Tally.Write(console, "answers", done.Select(tried => tried.Worker));
        var order = done.Select(tried => tried.Took).Order().ToList();
        console.WriteLine($"answered after {Milliseconds(order[order.Count / 2])} in the middle, {Milliseconds(order[^1])} at most");
    }

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0} ms");
}
