namespace ClusterActors.Protocol.Messages;

/// <summary>
/// Action 71 (extension): a voter is to go on with these voters alone, although a majority of the old ones is lost (PROTOCOL.md
/// section 4.6). Right only when the others are stopped, which the operator confirms: parameter <c>confirm=1</c> is always written
/// and must be there.
/// </summary>
/// <param name="Voters">The voters from now on, 1-5 different addresses host:port. Parameter <c>voters</c>, comma-separated.</param>
public sealed record ForceAuthorityRequest(IReadOnlyList<string> Voters) : Message
{
    /// <summary>Most <see cref="Voters"/>.</summary>
    public const int MaxVoters = 5;

    /// <summary>Parameter <c>by</c> (extension): who orders it, in words, for the logs.</summary>
    public string? By { get; init; }
}
