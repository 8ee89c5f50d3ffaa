namespace ClusterActors.Protocol.Messages;

/// <summary>
/// A voter for management authority as a manager knows it: an element of <c>voters</c> in the answer to action 9 (PROTOCOL.md section 4.3).
/// What has not been told is <see langword="null"/>.
/// </summary>
/// <param name="Address">Its cluster port, host:port: how voters name each other.</param>
public sealed record VoterView(string Address)
{
    /// <summary>Most voters of one view; more than there can be, since one set may follow another.</summary>
    public const int MaxVoters = 16;

    /// <summary>Its node id.</summary>
    public string? Node { get; init; }

    /// <summary>Whether there is a link between the two now.</summary>
    public bool Linked { get; init; }

    /// <summary>How many milliseconds ago it last told of itself.</summary>
    public long? Seen { get; init; }

    /// <summary>The highest epoch it promised to.</summary>
    public long? Promised { get; init; }

    /// <summary>Whether its vote counts: not until every other voter has confirmed this start of its memory, or after its disk was lost.</summary>
    public bool? Admitted { get; init; }

    /// <summary>For how many milliseconds it still gives no vote, having started lately; 0 when it does.</summary>
    public long? Silent { get; init; }

    /// <summary>For how many milliseconds it is still bound to <see cref="Holder"/>; 0 when it is not.</summary>
    public long? Lease { get; init; }

    /// <summary>Address of the server it is bound to.</summary>
    public string? Holder { get; init; }

    /// <summary>Epoch of the newest holder it knows.</summary>
    public long? Epoch { get; init; }
}
