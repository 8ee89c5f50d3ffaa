namespace ClusterActors.Protocol.Messages;

/// <summary>
/// Why a worker was or was not chosen: an element of <c>explain</c> in the answer to action 0 with <c>explain=1</c>
/// (PROTOCOL.md section 4).
/// </summary>
/// <param name="Node">Node id.</param>
/// <param name="State">State in the manager's registry.</param>
/// <param name="Load">(clients + outstanding leases) / maxClientCount; 1 and more is full.</param>
/// <param name="CpuUsage">CPU of its machine in percent, when known: decides between equal loads.</param>
/// <param name="Leases">Leases outstanding.</param>
/// <param name="Chosen">Whether the request went to this worker.</param>
/// <param name="Reason">In words: chosen and why, or why not.</param>
public sealed record AllocationCandidate(
    string Node,
    ServerState State,
    double Load,
    double? CpuUsage,
    int Leases,
    bool Chosen,
    string Reason);
