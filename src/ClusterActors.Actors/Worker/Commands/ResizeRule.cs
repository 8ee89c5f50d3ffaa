using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Worker.Commands;

/// <summary>How many of something a worker may have: at least one, at most what a setting says.</summary>
/// <param name="Word">What one of them is called.</param>
/// <param name="Setting">The setting with the upper bound.</param>
/// <param name="Max">The upper bound.</param>
internal sealed record ResizeRule(string Word, string Setting, int Max)
{
    /// <summary>The rule for worker threads.</summary>
    public static ResizeRule Threads(WorkerLimits limits) => new("worker thread", "worker.maxThreads", limits.MaxThreads);

    /// <summary>The rule for reader-writers.</summary>
    public static ResizeRule ReaderWriters(WorkerLimits limits) => new("reader-writer", "worker.maxReaderWriters", limits.MaxReaderWriters);

    /// <summary>Why the change cannot be made; <see langword="null"/> when it can.</summary>
    /// <param name="present">How many there are.</param>
    /// <param name="change">How many more, below 0 how many fewer.</param>
    public CommandOutcome.Refused? WhyNot(int present, long change)
    {
        if (present + change > Max)
            return Refuse($"{change} more are too many, {Setting} allows {Max} in all: up to {Math.Max(0, Max - present)} can be added");
        return present + change < 1
            ? Refuse($"the last one cannot be removed: {(present > 1 ? $"up to {present - 1} can go, not {-change}" : "none can go")}")
            : null;

        CommandOutcome.Refused Refuse(string why) => new(FailureCode.OutOfRange, $"this server has {present} {Word}{(present == 1 ? "" : "s")}; {why}");
    }
}
