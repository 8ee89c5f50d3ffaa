namespace ClusterActors.Protocol.Messages;

/// <summary>One server as a manager sees it: an element of <c>nodes</c> in the answer to action 9 (PROTOCOL.md section 4).</summary>
/// <param name="Node">Node id.</param>
/// <param name="State">State in the manager's registry.</param>
/// <param name="Ip">Address that other servers and clients are told.</param>
/// <param name="ClustersPort">Its cluster port, 0 when it has none that is known.</param>
/// <param name="Role">1 worker, 2 manager, 3 both.</param>
/// <param name="LastReport">Age of its newest report in milliseconds.</param>
/// <param name="Report">The newest report.</param>
public sealed record ServerView(
    string Node,
    ServerState State,
    string Ip,
    int ClustersPort,
    int Role,
    long LastReport,
    ServerReport Report)
{
    /// <summary>
    /// Member <c>outstandingLeases</c> (extension): leases given for it by the manager that answers, neither claimed nor expired;
    /// <see langword="null"/> from a manager that does not say.
    /// </summary>
    public int? OutstandingLeases { get; init; }

    /// <summary>
    /// Member <c>member</c> (extension): what the Akka.Cluster of the manager that answers says of the server; <see langword="null"/>
    /// from a manager that does not say.
    /// </summary>
    public MemberState? Member { get; init; }
}
