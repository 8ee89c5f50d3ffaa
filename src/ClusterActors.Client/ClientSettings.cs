using ClusterActors.Protocol.Frames;

namespace ClusterActors.Client;

/// <summary>Limits of a client of the fleet.</summary>
public sealed record ClientSettings
{
    /// <summary>How long one server may take to accept a connection, shake hands and answer. 5 s: an operator waits no longer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The same for a command. 15 s: a manager gives it 5 s to wait for its turn and the worker 5 s to answer (its setting
    /// <c>manager.commandTimeout</c>), and says more about a timeout than this side could.
    /// </summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long an allocation or an order is asked again while no manager knows a holder of management authority, or the one they name cannot
    /// be reached. 15 s: three leases of 5 s, so that a takeover is waited for and a fleet without a majority is told of soon. A view needs no
    /// holder.
    /// </summary>
    public TimeSpan AuthorityWait { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long a server may leave the handshake unanswered before it is dialed again as an existing CshBBrain server, which
    /// ignores ours in silence (PROTOCOL.md section 5). Shorter than <see cref="Timeout"/>, which holds for both tries.
    /// </summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>How long the far end may take to answer a close before the connection is dropped.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Largest reply of a manager in bytes. 64 MiB: a view takes about half a KiB per server.</summary>
    public int MaxReplyBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Largest message of a worker in bytes (PROTOCOL.md section 2). A bit over 1 MiB: so large may a value be, without what stands around it.</summary>
    public int MaxMessageBytes { get; init; } = FrameRules.DefaultMaxMessageBytes + 4096;

    /// <summary>How often one request follows <c>not-authority</c> to the manager it names before it goes on in the list. 2: authority may move meanwhile.</summary>
    public int MaxRedirects { get; init; } = 2;
}
