namespace ClusterActors.Benchmarks.Authority;

/// <summary>What scenario <c>authority</c> is to do.</summary>
internal sealed record AuthorityOptions
{
    /// <summary>Every event, in the order in which they are measured.</summary>
    public static readonly IReadOnlyList<string> AllEvents = ["handover", "leave", "kill", "kill-short", "pause", "load"];

    /// <summary>Which events; all of them when none is named.</summary>
    public IReadOnlyList<string> Events { get; init; } = AllEvents;

    /// <summary>How a node is started, up to where settings are added: what stands after <c>--</c>.</summary>
    public IReadOnlyList<string> Node { get; init; } = [];

    /// <summary>Rounds of each event. Option <c>--rounds</c>.</summary>
    public int Rounds { get; init; } = 10;

    /// <summary>Seconds for which the holder is stopped; more than the lease of 5 s, so that it has a successor. Option <c>--pause</c>.</summary>
    public int Pause { get; init; } = 15;

    /// <summary>Seconds for which the whole fleet is under load. Option <c>--load</c>.</summary>
    public int Load { get; init; } = 60;

    /// <summary>Reads events, <c>--name number</c> pairs, <c>--</c> and a command; false at anything else.</summary>
    public static bool TryParse(string[] options, out AuthorityOptions parsed)
    {
        var events = options.TakeWhile(option => !option.StartsWith("--", StringComparison.Ordinal)).ToArray();
        var numbers = options.Skip(events.Length).TakeWhile(option => option != "--").ToArray();
        var read = NumberOptions.Read(numbers, new AuthorityOptions(), With);
        parsed = (read ?? new AuthorityOptions()) with
        {
            Events = events.Length == 0 ? AllEvents : events,
            Node = options.Skip(events.Length + numbers.Length + 1).ToArray(),
        };
        return read is not null && parsed.Node.Count > 0 && parsed.Events.All(AllEvents.Contains);
    }

    private static AuthorityOptions? With(AuthorityOptions options, string name, int number) => name switch
    {
        "--rounds" => options with { Rounds = number },
        "--pause" when number > 5 => options with { Pause = number },
        "--load" => options with { Load = number },
        _ => null,
    };
}
