namespace ClusterActors.Protocol.Messages;

/// <summary>A change that a manager orders at a worker while it serves (PROTOCOL.md section 4.4).</summary>
public abstract record ServerCommand
{
    private ServerCommand()
    {
    }

    /// <summary>Action 2: more worker threads.</summary>
    /// <param name="Count">How many, 1 or more.</param>
    public sealed record AddThreads(int Count) : ServerCommand;

    /// <summary>Action 3: fewer worker threads. Each finishes what it has; the last one cannot be removed.</summary>
    /// <param name="Count">How many, 1 or more.</param>
    public sealed record RemoveThreads(int Count) : ServerCommand;

    /// <summary>Action 4: more reader-writers.</summary>
    /// <param name="Count">How many, 1 or more.</param>
    public sealed record AddReaderWriters(int Count) : ServerCommand;

    /// <summary>Action 5: fewer reader-writers. Their connections move to the others; the last one cannot be removed.</summary>
    /// <param name="Count">How many, 1 or more.</param>
    public sealed record RemoveReaderWriters(int Count) : ServerCommand;

    /// <summary>Action 7: open a listening port for clients.</summary>
    /// <param name="Port">1-65535; another number is answered <see cref="FailureCode.OutOfRange"/>.</param>
    public sealed record OpenPort(int Port) : ServerCommand;

    /// <summary>Action 8: close a listening port.</summary>
    /// <param name="Port">Which one.</param>
    /// <param name="DrainSeconds">
    /// After how many seconds the connections it accepted are closed, having been told at once; <see langword="null"/>: they are kept.
    /// </param>
    public sealed record ClosePort(int Port, int? DrainSeconds) : ServerCommand;

    /// <summary>Action 10: take no new clients and keep serving those that are there, or take clients again.</summary>
    /// <param name="On">Whether to drain.</param>
    public sealed record Drain(bool On) : ServerCommand;
}
