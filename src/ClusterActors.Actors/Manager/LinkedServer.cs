namespace ClusterActors.Actors.Manager;

/// <summary>What the gateway knows of the server at the far end of a link, before and beside its reports.</summary>
/// <param name="Link">The link that the server's reports come in on.</param>
/// <param name="Kind">Decides how long it may be silent before it is late.</param>
/// <param name="Ip">Address that other servers and clients are told.</param>
/// <param name="ClustersPort">Its cluster port; 0 when it told none (PROTOCOL.md section 5).</param>
public sealed record LinkedServer(LinkId Link, PeerKind Kind, string Ip, int ClustersPort);
