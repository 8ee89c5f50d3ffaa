namespace ClusterActors.Benchmarks.Links;

/// <summary>What scenario <c>links</c> is to do.</summary>
internal sealed record LinksOptions
{
    /// <summary>Cluster port of the manager, on loopback. Option <c>--port</c>.</summary>
    public int Port { get; init; }

    /// <summary>Process of the manager, whose CPU is measured. Option <c>--pid</c>.</summary>
    public int Pid { get; init; }

    /// <summary>Links, each of a server that reports once a second. Option <c>--links</c>.</summary>
    public int Links { get; init; } = 2000;

    /// <summary>Seconds measured. Option <c>--seconds</c>.</summary>
    public int Seconds { get; init; } = 20;

    /// <summary>Seconds of reports before that, until the manager runs compiled code. Option <c>--warmup</c>.</summary>
    public int Warmup { get; init; } = 5;

    /// <summary>Reads <c>--name number</c> pairs; false at anything else, and without port and pid.</summary>
    public static bool TryParse(string[] options, out LinksOptions parsed)
    {
        var read = NumberOptions.Read(options, new LinksOptions(), With);
        parsed = read ?? new LinksOptions();
        return read is { Port: > 0, Pid: > 0 };
    }

    private static LinksOptions? With(LinksOptions options, string name, int number) => name switch
    {
        "--port" => options with { Port = number },
        "--pid" => options with { Pid = number },
        "--links" => options with { Links = number },
        "--seconds" => options with { Seconds = number },
        "--warmup" => options with { Warmup = number },
        _ => null,
    };
}
