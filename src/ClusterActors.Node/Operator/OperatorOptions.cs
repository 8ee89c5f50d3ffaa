using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ClusterActors.Client;

namespace ClusterActors.Node.Operator;

/// <summary>The options that all commands share which ask a manager.</summary>
internal sealed class OperatorOptions
{
    private const double MaxTimeoutSeconds = 3600;
    private static readonly ServerAddress Default = new("127.0.0.1", 9292);

    /// <summary><c>--manager host:port</c>, several times in the order in which they are tried.</summary>
    public Option<ServerAddress[]> Managers { get; } = new("--manager", "-m")
    {
        Description = "Cluster port of a manager, host:port; several are tried in order.",
        HelpName = "host:port",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = ParseManagers,
        DefaultValueFactory = _ => [Default],
    };

    /// <summary><c>--json</c>.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "Print JSON, one object per line, named as on the wire." };

    /// <summary><c>--timeout</c> in seconds.</summary>
    public Option<TimeSpan?> Timeout { get; } = new("--timeout")
    {
        Description = "Seconds one server may take to answer; when not given 5, for a command 15. And how long to wait for a holder of management authority; when not given 15.",
        HelpName = "seconds",
        CustomParser = ParseTimeout,
    };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">To which.</param>
    /// <param name="withTimeout">Whether it takes <c>--timeout</c> in this meaning.</param>
    /// <param name="recursive">Whether the commands below it take them too.</param>
    public void AddTo(Command command, bool withTimeout = true, bool recursive = false)
    {
        Option[] options = withTimeout ? [Managers, Json, Timeout] : [Managers, Json];
        foreach (var option in options)
        {
            option.Recursive = recursive;
            command.Options.Add(option);
        }
    }

    /// <summary>Takes no more than one <c>--manager</c>: the command is about that one.</summary>
    public void AllowOneManager(Command command) => command.Validators.Add(result =>
    {
        if (result.GetResult(Managers) is { Tokens.Count: > 1 })
            result.AddError($"{command.Name} is for one server; give --manager once.");
    });

    /// <summary>The limits that were asked for.</summary>
    public ClientSettings Settings(ParseResult parsed)
    {
        var settings = new ClientSettings();
        var timeout = parsed.GetValue(Timeout) ?? settings.Timeout;

        // There must be time left for the second form of the handshake.
        var handshake = timeout / 3;
        return settings with
        {
            Timeout = timeout,
            CommandTimeout = parsed.GetValue(Timeout) ?? settings.CommandTimeout,
            AuthorityWait = parsed.GetValue(Timeout) ?? settings.AuthorityWait,
            HandshakeTimeout = handshake < settings.HandshakeTimeout ? handshake : settings.HandshakeTimeout,
        };
    }

    /// <summary>A client for the managers that were asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="console">Its clock.</param>
    /// <param name="change">What is to be different from the limits that were asked for.</param>
    public ManagerClient Client(ParseResult parsed, OperatorConsole console, Func<ClientSettings, ClientSettings>? change = null)
    {
        var settings = Settings(parsed);
        return new(parsed.GetValue(Managers)!, change is null ? settings : change(settings), console.Time);
    }

    private static ServerAddress[]? ParseManagers(ArgumentResult result)
    {
        var addresses = new List<ServerAddress>();
        foreach (var token in result.Tokens)
        {
            if (ServerAddress.TryParse(token.Value, out var address, out var reason))
                addresses.Add(address);
            else
                result.AddError($"--manager {reason}.");
        }

        return [.. addresses];
    }

    private static TimeSpan? ParseTimeout(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            && seconds is >= 0.001 and <= MaxTimeoutSeconds)
            return TimeSpan.FromSeconds(seconds);
        result.AddError($"--timeout '{text}' is no time; it must be seconds, more than 0 and at most {MaxTimeoutSeconds}, as in 5 or 0.5.");
        return null;
    }
}
