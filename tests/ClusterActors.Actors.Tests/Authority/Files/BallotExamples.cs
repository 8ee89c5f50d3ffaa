using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Actors.Tests.Gateway;

namespace ClusterActors.Actors.Tests.Authority.Files;

/// <summary>Ballots and fences to keep.</summary>
internal static class BallotExamples
{
    public static readonly Ballot Ballot = new()
    {
        Promised = 12,
        VotedFor = new ManagerRun("m-1:9292", "run-1"),
        Incarnation = "0123abcd",
        Table = IncarnationTable.Empty.With("m-1:9292", new Incarnation(1, "0123abcd")).With("[::1]:9293", new Incarnation(3, "ff")),
        Voters = AuthorityExamples.Voters,
        LongestLease = TimeSpan.FromSeconds(7),
        Admitted = true,
    };

    public static Ballot Any(Random random) => new()
    {
        Promised = AuthorityExamples.Number(random),
        VotedFor = random.Next(2) == 0 ? null : new ManagerRun(AuthorityExamples.Name(random), AuthorityExamples.Name(random)),
        Incarnation = AuthorityExamples.Name(random),
        Table = AuthorityExamples.AnyTable(random),
        Voters = AuthorityExamples.AnySet(random),
        LongestLease = AuthorityExamples.Lease(random),
        Admitted = random.Next(2) == 0,
    };

    public static Fence AnyFence(Random random) => new(
        AuthorityExamples.Number(random),
        random.Next(2) == 0 ? null : new ManagerRun(AuthorityExamples.Name(random), AuthorityExamples.Name(random)));

    /// <summary>All that is in a ballot, since tables and sets of voters do not show what they hold.</summary>
    public static string Show(Ballot ballot) =>
        $"{ballot with { Table = IncarnationTable.Empty }} {string.Join(' ', ballot.Table.Entries)} {string.Join(' ', ballot.Voters.Voters)}";
}
