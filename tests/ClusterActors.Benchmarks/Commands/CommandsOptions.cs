namespace ClusterActors.Benchmarks.Commands;

/// <summary>What scenario <c>commands</c> is to do.</summary>
internal sealed record CommandsOptions
{
    /// <summary>Cluster port of the manager, on loopback. Option <c>--port</c>.</summary>
    public int Port { get; init; }

    /// <summary>A port that is free, for the worker to open and close. Option <c>--spare</c>.</summary>
    public int Spare { get; init; }

    /// <summary>Commands of each kind, after a first one of each. Option <c>--rounds</c>.</summary>
    public int Rounds { get; init; } = 50;

    /// <summary>Clients that are connected and silent: what threads and reader-writers that go have to hand over. Option <c>--clients</c>.</summary>
    public int Clients { get; init; } = 64;

    /// <summary>Reads <c>--name number</c> pairs; false at anything else, and without the ports.</summary>
    public static bool TryParse(string[] options, out CommandsOptions parsed)
    {
        var read = NumberOptions.Read(options, new CommandsOptions(), With);
        parsed = read ?? new CommandsOptions();
        return read is { Port: > 0, Spare: > 0 };
    }

    private static CommandsOptions? With(CommandsOptions options, string name, int number) => name switch
    {
        "--port" => options with { Port = number },
        "--spare" => options with { Spare = number },
        "--rounds" => options with { Rounds = number },
        "--clients" => options with { Clients = number },
        _ => null,
    };
}
