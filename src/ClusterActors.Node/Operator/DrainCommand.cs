using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ClusterActors.Node.Run;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Node.Operator;

/// <summary><c>drain NODE [--wait [--timeout 60s]]</c> and <c>undrain NODE</c> (action 10).</summary>
internal static class DrainCommand
{
    private const double MaxSeconds = 7 * 24 * 3600;

    /// <summary><c>drain</c>.</summary>
    public static Command CreateDrain(OperatorConsole console)
    {
        var options = new OperatorOptions();
        var node = CommandTarget.Create(ArgumentArity.ExactlyOne);
        var wait = new Option<bool>("--wait", "-w") { Description = "Wait until no client and no outstanding lease is left; Ctrl-C leaves it drained." };
        var timeout = new Option<TimeSpan?>("--timeout")
        {
            Description = "How long to wait at most; without it for as long as it takes.",
            HelpName = "60s",
            CustomParser = ParseTime,
        };
        var command = new Command("drain", "Send no more clients to a worker; those it has are served on.") { node, wait, timeout };
        options.AddTo(command, withTimeout: false);
        command.Validators.Add(result =>
        {
            if (result.GetResult(timeout) is { Implicit: false } && !result.GetValue(wait))
                result.AddError("--timeout is for --wait.");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var client = options.Client(parsed, console);
            var (name, json) = (parsed.GetValue(node)!, parsed.GetValue(options.Json));
            var code = await CommandCommand.RunOneAsync(client, console, name, new ServerCommand.Drain(true), null, json, cancellation);
            return code == ExitCodes.Left && parsed.GetValue(wait)
                ? await new DrainWatch(client, console, name, json).RunAsync(parsed.GetValue(timeout), cancellation)
                : code;
        });
        return command;
    }

    /// <summary><c>undrain</c>.</summary>
    public static Command CreateUndrain(OperatorConsole console)
    {
        var options = new OperatorOptions();
        var node = CommandTarget.Create(ArgumentArity.ExactlyOne);
        var command = new Command("undrain", "Let a drained worker take clients again.") { node };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var client = options.Client(parsed, console);
            return await CommandCommand.RunOneAsync(
                client, console, parsed.GetValue(node)!, new ServerCommand.Drain(false), null, parsed.GetValue(options.Json), cancellation);
        });
        return command;
    }

    private static TimeSpan? ParseTime(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var (digits, unit) = text switch
        {
            [.. var front, 's'] => (front, 1),
            [.. var front, 'm'] => (front, 60),
            [.. var front, 'h'] => (front, 3600),
            _ => (text, 1),
        };
        if (double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number * unit is > 0 and <= MaxSeconds)
            return TimeSpan.FromSeconds(number * unit);
        result.AddError($"--timeout '{text}' is no time; it must be more than 0 and at most 168h, as in 60s, 5m, 1h or 60 (seconds).");
        return null;
    }
}
