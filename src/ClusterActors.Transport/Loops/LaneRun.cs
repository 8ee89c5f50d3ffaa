using Akka.Dispatch;

namespace ClusterActors.Transport.Loops;

/// <summary>Something that waits for a loop's thread.</summary>
/// <param name="Lane">Whose mailbox it is; <see langword="null"/> for work of the loop itself.</param>
/// <param name="Run">What to run.</param>
internal readonly record struct LaneRun(Lane? Lane, IRunnable Run);
