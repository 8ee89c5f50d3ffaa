namespace ClusterActors.Actors.Authority;

/// <summary>Another server, as it told of itself.</summary>
/// <param name="Standing">The newest it told.</param>
/// <param name="At">When that came.</param>
/// <param name="IsLinked">Whether there is a link to it now.</param>
internal sealed record KnownServer(VoterStanding Standing, TimeSpan At, bool IsLinked)
{
    /// <summary>Whether it manages others.</summary>
    public bool IsManager => (Standing.Role & 2) != 0;

    /// <summary>Whether it does business work.</summary>
    public bool IsWorker => (Standing.Role & 1) != 0;
}
