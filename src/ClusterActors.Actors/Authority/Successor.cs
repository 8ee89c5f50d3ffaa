namespace ClusterActors.Actors.Authority;

/// <summary>To whom a holder that leaves hands over: the first of the managers that votes, is linked, and told of itself lately.</summary>
internal static class Successor
{
    private static readonly TimeSpan LatelyIs = TimeSpan.FromSeconds(3);

    /// <summary>Its name; null when there is none.</summary>
    public static string? Of(AuthoritySnapshot newest, TimeSpan now) => newest.State.Voters.Voters
        .Where(name => newest.Servers.GetValueOrDefault(name) is
        { IsLinked: true, IsManager: true, Standing.Voter.Admitted: true } server && now - server.At < LatelyIs)
        .FirstOrDefault();
}
