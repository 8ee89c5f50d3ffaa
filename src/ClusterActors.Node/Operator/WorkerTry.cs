using ClusterActors.Client;

namespace ClusterActors.Node.Operator;

/// <summary>What one <c>try</c> saw.</summary>
/// <param name="Allocation">The worker it was sent to.</param>
/// <param name="Sent">The line it sent.</param>
/// <param name="Received">The worker's answer, as text.</param>
/// <param name="Took">Time from sending to the answer.</param>
internal sealed record WorkerTry(WorkerAllocation Allocation, string Sent, string Received, TimeSpan Took)
{
    /// <summary>The worker's name, or its address when the manager gave no name.</summary>
    public string Worker => Allocation.Node ?? Allocation.Worker.ToString();
}
