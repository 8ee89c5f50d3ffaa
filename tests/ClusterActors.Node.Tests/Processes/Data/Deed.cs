using ClusterActors.Protocol.Data;

namespace ClusterActors.Node.Tests.Processes.Data;

/// <summary>A request and what was answered; or what was pushed (<see cref="DataOperation.Watch"/>).</summary>
/// <param name="Client">Who asked.</param>
/// <param name="Operation">Put, get, remove; watch for a push.</param>
/// <param name="Key">Of which entry.</param>
/// <param name="Sent">When it was asked, by the clock of the history.</param>
public sealed record Deed(string Client, DataOperation Operation, string Key, long Sent)
{
    /// <summary>During which run of the server; whatever was asked for in one run is done in it or never.</summary>
    public int Run { get; init; }

    /// <summary>When the answer was there; never when it is not known what was done.</summary>
    public long Answered { get; init; } = long.MaxValue;

    public DeedEnd End { get; init; }

    public EntryCondition Condition { get; init; }

    /// <summary>A put: the label of the value, which no other put writes.</summary>
    public string? Writes { get; init; }

    /// <summary>A get or a push: the label of the value that was shown.</summary>
    public string? Shows { get; init; }

    /// <summary>The version that was answered.</summary>
    public EntryVersion? Version { get; init; }

    public bool IsWrite => Operation is DataOperation.Put or DataOperation.Remove;

    public override string ToString()
    {
        var condition = Condition.IsAbsent ? " if none" : Condition.Version is { } version ? $" if {version}" : "";
        return $"{Operation} of {Key}{(Writes is null ? "" : " = " + Writes)}{condition} by {Client} at {Sent}: {End} {Shows} {Version}, {(Answered == long.MaxValue ? "never" : "at " + Answered)}";
    }
}
