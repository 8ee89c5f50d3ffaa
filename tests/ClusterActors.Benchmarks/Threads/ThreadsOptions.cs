namespace ClusterActors.Benchmarks.Threads;

/// <summary>What scenario <c>threads</c> is to do.</summary>
internal sealed record ThreadsOptions
{
    /// <summary>Cluster port of the manager, on loopback. Option <c>--port</c>.</summary>
    public int Port { get; init; }

    /// <summary>How often each number of threads is measured. Option <c>--rounds</c>.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>Seconds measured of each number of threads, per round. Option <c>--seconds</c>.</summary>
    public int Seconds { get; init; } = 4;

    /// <summary>Clients, with one message under way each. Option <c>--clients</c>.</summary>
    public int Clients { get; init; } = 64;

    /// <summary>Reads <c>--name number</c> pairs; false at anything else, and without the port.</summary>
    public static bool TryParse(string[] options, out ThreadsOptions parsed)
    {
        var read = NumberOptions.Read(options, new ThreadsOptions(), With);
        parsed = read ?? new ThreadsOptions();
        return read is { Port: > 0 };
    }

    private static ThreadsOptions? With(ThreadsOptions options, string name, int number) => name switch
    {
        "--port" => options with { Port = number },
        "--rounds" => options with { Rounds = number },
        "--seconds" => options with { Seconds = number },
        "--clients" => options with { Clients = number },
        _ => null,
    };
}
