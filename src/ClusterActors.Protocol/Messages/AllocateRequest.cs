namespace ClusterActors.Protocol.Messages;

/// <summary>A client asks a manager for a server: action 0 (PROTOCOL.md section 4). Answered by <see cref="AllocationReply"/>.</summary>
/// <param name="Key">Sticks the client to the same worker while that lives; 1-256 characters. Parameter <c>key</c>.</param>
/// <param name="Explain">Whether the reply shall say why each worker was or was not chosen. Parameter <c>explain</c>, 0 or 1.</param>
public sealed record AllocateRequest(string? Key = null, bool Explain = false) : Message
{
    /// <summary>Longest <see cref="Key"/> in characters.</summary>
    public const int MaxKeyLength = 256;
}
