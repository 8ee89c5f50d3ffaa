namespace ClusterActors.Actors.Configuration;

/// <summary>Section <c>worker</c>: how clients are served.</summary>
public sealed record WorkerSettings
{
    /// <summary>Names of the handlers that are built in.</summary>
    private static readonly string[] BuiltInHandlers = ["data", "echo", "broadcast"];

    /// <summary>Business worker threads at the start, 0 - <see cref="MaxThreads"/>; 0 = from the number of cores. Key <c>threads</c>.</summary>
    public required int Threads { get; init; }

    /// <summary>Business worker threads that commands may add up to, 1-1024. Key <c>maxThreads</c>.</summary>
    public required int MaxThreads { get; init; }

    /// <summary>Reader-writer loops at the start, 0 - <see cref="MaxReaderWriters"/>; 0 = from the number of cores. Key <c>readerWriters</c>.</summary>
    public required int ReaderWriters { get; init; }

    /// <summary>Reader-writer loops that commands may add up to, 1-256. Key <c>maxReaderWriters</c>.</summary>
    public required int MaxReaderWriters { get; init; }

    /// <summary>Business ports that may be open at once, 1-1024. Key <c>maxPorts</c>.</summary>
    public required int MaxPorts { get; init; }

    /// <summary>Whether what commands change is kept in <see cref="NodeSettings.DataDirectory"/> and holds at the next start. Key <c>keepChanges</c>.</summary>
    public required bool KeepChanges { get; init; }

    /// <summary>Client connections accepted at most, 1-1,000,000. Key <c>maxClientCount</c>.</summary>
    public required int MaxClientCount { get; init; }

    /// <summary><c>data</c>, <c>echo</c>, <c>broadcast</c>, or an assembly-qualified type name. Key <c>handler</c>.</summary>
    public required string Handler { get; init; }

    /// <summary>Where the handler runs. Key <c>execution</c>.</summary>
    public required HandlerExecution Execution { get; init; }

    internal static WorkerSettings Read(SettingsReader reader)
    {
        var settings = ReadEach(reader);
        if (settings.Threads > settings.MaxThreads)
            reader.Refuse("threads", "there may be fewer", $"0 to maxThreads, which is {settings.MaxThreads}", "maxThreads");
        if (settings.ReaderWriters > settings.MaxReaderWriters)
            reader.Refuse("readerWriters", "there may be fewer", $"0 to maxReaderWriters, which is {settings.MaxReaderWriters}", "maxReaderWriters");
        return settings;
    }

    private static WorkerSettings ReadEach(SettingsReader reader) => reader.Complete(new WorkerSettings
    {
        Threads = reader.Integer("threads", 0, 1024),
        MaxThreads = reader.Integer("maxThreads", 1, 1024),
        ReaderWriters = reader.Integer("readerWriters", 0, 256),
        MaxReaderWriters = reader.Integer("maxReaderWriters", 1, 256),
        MaxPorts = reader.Integer("maxPorts", 1, 1024),
        KeepChanges = reader.OnOff("keepChanges"),
        MaxClientCount = reader.Integer("maxClientCount", 1, 1_000_000),
        Handler = reader.Text(
            "handler", "data, echo, broadcast or an assembly-qualified type name such as \"Shop.Orders, Shop\"", IsHandler),
        Execution = reader.Choice("execution", ("auto", HandlerExecution.Auto), ("threads", HandlerExecution.Threads)),
    });

    private static bool IsHandler(string handler) =>
        BuiltInHandlers.Contains(handler, StringComparer.Ordinal)
        || (handler.Split(',') is { Length: > 1 } parts && parts.All(part => part.Trim().Length > 0));
}
