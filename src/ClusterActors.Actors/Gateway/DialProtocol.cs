using ClusterActors.Protocol.Handshake;

namespace ClusterActors.Actors.Gateway;

/// <summary>
/// What the next handshake with a manager says: <c>Protocol:Clusters</c>, or <c>Protocol:Protocol</c> after that was not
/// answered (PROTOCOL.md section 5). A manager that was only slow must not be reported to like an old one for the life of a
/// link: one that turns out to be none is asked as <c>Clusters</c> again first.
/// </summary>
/// <param name="Name">The protocol name to send.</param>
/// <param name="TakesAnyEcho">Whether a far end that answers only to <c>Protocol</c> is taken even though its echo is not the one of a CshBBrain server.</param>
internal sealed record DialProtocol(string Name, bool TakesAnyEcho)
{
    /// <summary>Before anything is known of the manager.</summary>
    public static DialProtocol First { get; } = new(HandshakeRequest.Clusters, TakesAnyEcho: false);

    /// <summary>Whether an existing CshBBrain server is assumed at the far end.</summary>
    public bool IsCshBBrain => Name == HandshakeRequest.CshBBrain;

    /// <summary>What to send after a handshake that led to no link.</summary>
    public DialProtocol After(HandshakeEnd end) => end switch
    {
        HandshakeEnd.Unanswered => this with { Name = IsCshBBrain ? HandshakeRequest.Clusters : HandshakeRequest.CshBBrain },
        HandshakeEnd.NotCshBBrain => new DialProtocol(HandshakeRequest.Clusters, TakesAnyEcho: true),
        _ => this,
    };

    /// <summary>What to send after a link is lost: another server may live there by then.</summary>
    public DialProtocol AfterLink() => this with { TakesAnyEcho = false };
}
