using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Worker;

/// <summary>How many of something a worker may have: at least one, at most what a setting says.</summary>
/// <param name="Words">What they are called, in the plural.</param>
/// <param name="Setting">The setting with the upper bound.</param>
/// <param name="Max">The upper bound.</param>
internal sealed record ResizeRule(string Words, string Setting, int Max)
{
    /// <summary>The rule for worker threads.</summary>
    public static ResizeRule Threads(WorkerLimits limits) => new("worker threads", "worker.maxThreads", limits.MaxThreads);

    /// <summary>The rule for reader-writers.</summary>
    public static ResizeRule ReaderWriters(WorkerLimits limits) => new("reader-writers", "worker.maxReaderWriters", limits.MaxReaderWriters);

    /// <summary>Why the change cannot be made; <see langword="null"/> when it can.</summary>
    /// <param name="present">How many there are.</param>
    /// <param name="change">How many more, below 0 how many fewer.</param>
    public CommandOutcome.Refused? WhyNot(int present, long change)
    {
        if (present + change > Max)
            return Refuse($"{change} more are too many, {Setting} allows {Max} in all: up to {Math.Max(0, Max - present)} can be added");
        return present + change < 1
            ? Refuse($"the last one cannot be removed: up to {present - 1} can go, not {-change}")
            : null;

        CommandOutcome.Refused Refuse(string why) => new(FailureCode.OutOfRange, $"this server has {present} {Words}; {why}");
    }
}
