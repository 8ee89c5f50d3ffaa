namespace ClusterActors.Actors.Tests.Harness;

/// <summary>Messages about authority (PROTOCOL.md section 4.5), written without the product's code.</summary>
internal static class Notices
{
    /// <summary>A hash of no voters: who votes does not matter to whom it is told.</summary>
    public const string NoSet = "0:0000000000000000";

    /// <summary>What a server tells of itself on a new link; role 1 is a worker, 2 a manager.</summary>
    public static string Standing(string address, string node, int role = 1, int workers = 0, string set = NoSet) =>
        $"action=69&from={address}&run=run-of-{node}&set={set}&node={node}&role={role}&workers={workers}";

    /// <summary>A worker's answer to a take: it obeys from now on.</summary>
    public static string Taken(Parameters take, string address) =>
        $"action=67&from={address}&run=run-of-worker&set={take["set"]}&n={take["n"]}&to={take["run"]}&epoch={take["epoch"]}&verdict=accepted&fence={take["epoch"]}";
}
