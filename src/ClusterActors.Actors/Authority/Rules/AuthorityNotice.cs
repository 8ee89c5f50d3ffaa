namespace ClusterActors.Actors.Authority.Rules;

/// <summary>Something that happened to the authority of this node and is worth a line in the log.</summary>
internal abstract record AuthorityNotice
{
    private AuthorityNotice()
    {
    }

    /// <summary>It stands for election.</summary>
    /// <param name="Epoch">At which epoch.</param>
    public sealed record Stood(long Epoch) : AuthorityNotice;

    /// <summary>It was not elected in time.</summary>
    /// <param name="Epoch">At which epoch.</param>
    public sealed record GaveUp(long Epoch) : AuthorityNotice;

    /// <summary>It was elected; it may not act yet.</summary>
    /// <param name="Epoch">At which epoch.</param>
    public sealed record Won(long Epoch) : AuthorityNotice;

    /// <summary>It may command.</summary>
    /// <param name="Epoch">At which epoch.</param>
    public sealed record Holds(long Epoch) : AuthorityNotice;

    /// <summary>No majority acknowledged in time; it never acts at that epoch again.</summary>
    /// <param name="Epoch">At which epoch.</param>
    public sealed record Lapsed(long Epoch) : AuthorityNotice;

    /// <summary>It handed over; it never acts at that epoch again.</summary>
    /// <param name="Epoch">At which epoch.</param>
    /// <param name="Target">To whom.</param>
    public sealed record Released(long Epoch, string Target) : AuthorityNotice;

    /// <summary>The one it handed over to was not heard of in time.</summary>
    /// <param name="Epoch">The epoch it released.</param>
    /// <param name="Target">To whom.</param>
    public sealed record SuccessorMissing(long Epoch, string Target) : AuthorityNotice;

    /// <summary>A voter or a worker knows a newer epoch.</summary>
    /// <param name="Epoch">The one it holds.</param>
    /// <param name="Newer">The one it was told.</param>
    /// <param name="Node">By whom.</param>
    public sealed record Outdated(long Epoch, long Newer, string Node) : AuthorityNotice;

    /// <summary>Another node goes by other voters with the same version: the two are configured differently.</summary>
    /// <param name="Node">Which one.</param>
    public sealed record OtherVoters(string Node) : AuthorityNotice;

    /// <summary>The configured voters or lease are not those on disk, which count: a configuration alone does not change them.</summary>
    /// <param name="Configured">Not used.</param>
    /// <param name="Used">Used.</param>
    public sealed record ConfigurationOverruled(VoterSet Configured, VoterSet Used) : AuthorityNotice;

    /// <summary>There are new voters.</summary>
    /// <param name="Voters">They.</param>
    public sealed record VotersChanged(VoterSet Voters) : AuthorityNotice;

    /// <summary>This voter's ballot was lost; it does not vote until it is readmitted.</summary>
    /// <param name="Node">Who knows it by another incarnation.</param>
    public sealed record NeedsReadmission(string Node) : AuthorityNotice;

    /// <summary>This voter may vote from now on.</summary>
    /// <param name="Incarnation">As which incarnation.</param>
    public sealed record Admitted(string Incarnation) : AuthorityNotice;

    /// <summary>The ballot could not be written.</summary>
    /// <param name="Readable">Whether the file can still be read.</param>
    public sealed record BallotNotWritten(bool Readable) : AuthorityNotice;

    /// <summary>The fence could not be written.</summary>
    /// <param name="Readable">Whether the file can still be read.</param>
    public sealed record FenceNotWritten(bool Readable) : AuthorityNotice;

    /// <summary>The fence of this worker was not known; it is now.</summary>
    /// <param name="Epoch">Where it stands.</param>
    public sealed record FenceFound(long Epoch) : AuthorityNotice;

    /// <summary>Too much waits for a disk that is slow: a message was dropped.</summary>
    public sealed record Dropped : AuthorityNotice;
}
