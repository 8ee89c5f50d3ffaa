namespace ClusterActors.Protocol.Handshake;

/// <summary>What a dialer says first on a connection (PROTOCOL.md section 1). Values are kept exactly as received.</summary>
/// <param name="Host">The dialer's own address; its port may be missing.</param>
/// <param name="Key">24 random characters, answered by <see cref="HandshakeKey.AcceptFor"/>.</param>
/// <param name="Protocol"><see cref="Clusters"/> or <see cref="CshBBrain"/>, in any case.</param>
/// <param name="Lease">The allocation a client claims with this connection; <see langword="null"/> when it claims none.</param>
public sealed record HandshakeRequest(string Host, string Key, string Protocol, string? Lease = null)
{
    /// <summary>Protocol name of the requirements.</summary>
    public const string Clusters = "Clusters";

    /// <summary>Protocol name that existing CshBBrain servers send (PROTOCOL.md section 5).</summary>
    public const string CshBBrain = "Protocol";

    /// <summary>Length of <see cref="Key"/> in characters.</summary>
    public const int KeyLength = 24;

    /// <summary>Most bytes a handshake may take, either way, unless configured otherwise (PROTOCOL.md section 1).</summary>
    public const int DefaultMaxBytes = 1024;

    /// <summary>Whether the dialer is an existing CshBBrain server, to be treated as PROTOCOL.md section 5 says.</summary>
    public bool IsCshBBrain => Protocol.Equals(CshBBrain, StringComparison.OrdinalIgnoreCase);
}
