namespace ClusterActors.Protocol.Messages;

/// <summary>
/// A node asks which Akka cluster lives, and says which one it knows itself: action 70 (PROTOCOL.md section 4.7). Answered by
/// <see cref="ClusterAnswer"/>.
/// </summary>
/// <param name="Known">
/// Akka addresses of members of the cluster the node belongs to, its own among them; empty while it belongs to none. At most
/// <see cref="MaxAddresses"/> of at most <see cref="MaxAddressLength"/> characters. Parameter <c>cluster</c>.
/// </param>
public sealed record ClusterQuery(IReadOnlyList<string> Known) : Message
{
    /// <summary>Addresses in a message at most.</summary>
    public const int MaxAddresses = 1024;

    /// <summary>Characters of an address at most: a DNS name has at most 253.</summary>
    public const int MaxAddressLength = 384;
}
