namespace ClusterActors.Actors.Configuration;

/// <summary>Section <c>worker</c>: how clients are served.</summary>
public sealed record WorkerSettings
{
    /// <summary>Names of the handlers that are built in.</summary>
    private static readonly string[] BuiltInHandlers = ["echo", "broadcast"];

    /// <summary>Business worker threads at the start, 0-1024; 0 = from the number of cores. Key <c>threads</c>.</summary>
    public required int Threads { get; init; }

    /// <summary>Reader-writer loops at the start, 0-256; 0 = from the number of cores. Key <c>readerWriters</c>.</summary>
    public required int ReaderWriters { get; init; }

    /// <summary>Client connections accepted at most, 1-1,000,000. Key <c>maxClientCount</c>.</summary>
    public required int MaxClientCount { get; init; }

    /// <summary><c>echo</c>, <c>broadcast</c>, or an assembly-qualified type name. Key <c>handler</c>.</summary>
    public required string Handler { get; init; }

    /// <summary>Where the handler runs. Key <c>execution</c>.</summary>
    public required HandlerExecution Execution { get; init; }

    internal static WorkerSettings Read(SettingsReader reader) => reader.Complete(new WorkerSettings
    {
        Threads = reader.Integer("threads", 0, 1024),
        ReaderWriters = reader.Integer("readerWriters", 0, 256),
        MaxClientCount = reader.Integer("maxClientCount", 1, 1_000_000),
        Handler = reader.Text(
            "handler", "echo, broadcast or an assembly-qualified type name such as \"Shop.Orders, Shop\"", IsHandler),
        Execution = reader.Choice("execution", ("auto", HandlerExecution.Auto), ("threads", HandlerExecution.Threads)),
    });

    private static bool IsHandler(string handler) =>
        BuiltInHandlers.Contains(handler, StringComparer.Ordinal)
        || (handler.Split(',') is { Length: > 1 } parts && parts.All(part => part.Trim().Length > 0));
}
