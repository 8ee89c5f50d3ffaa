using System.Collections.Immutable;
using System.Text.Json;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Store.Files;

namespace ClusterActors.Actors.Authority.Files;

/// <summary>What <c>ballot.json</c> says: every field of a <see cref="Ballot"/>, times in milliseconds.</summary>
internal static class BallotJson
{
    private const string Promised = "promised";
    private const string VotedFor = "votedFor";
    private const string Admitted = "admitted";
    private const string Incarnation = "incarnation";
    private const string LongestLease = "longestLeaseMs";
    private const string Version = "votersVersion";
    private const string Lease = "leaseMs";
    private const string Voters = "voters";
    private const string Table = "table";
    private const string Voter = "voter";
    private const string Number = "number";
    private const string Id = "id";

    /// <summary>Writes a ballot.</summary>
    public static byte[] Write(Ballot ballot) => SealedJson.Write(json =>
    {
        json.WriteNumber(Promised, ballot.Promised);
        json.WriteRun(VotedFor, ballot.VotedFor);
        json.WriteBoolean(Admitted, ballot.Admitted);
        json.WriteString(Incarnation, ballot.Incarnation);
        json.WriteNumber(LongestLease, (long)Math.Ceiling(ballot.LongestLease.TotalMilliseconds));
        json.WriteNumber(Version, ballot.Voters.Id.Version);
        json.WriteNumber(Lease, (long)ballot.Voters.Lease.TotalMilliseconds);
        json.WriteStartArray(Voters);
        foreach (var voter in ballot.Voters.Voters)
            json.WriteStringValue(voter);
        json.WriteEndArray();
        json.WriteStartArray(Table);
        foreach (var (voter, incarnation) in ballot.Table.Entries)
        {
            json.WriteStartObject();
            json.WriteString(Voter, voter);
            json.WriteNumber(Number, incarnation.Number);
            json.WriteString(Id, incarnation.Id);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>Reads a ballot.</summary>
    /// <exception cref="FormatException">It is none; the message says what is wrong.</exception>
    public static Ballot Read(JsonElement root) => new()
    {
        Promised = root.Whole(Promised, 0, long.MaxValue),
        VotedFor = root.RunOrNull(VotedFor),
        Admitted = root.Flag(Admitted),
        Incarnation = root.Text(Incarnation),
        LongestLease = root.Lease(LongestLease),
        Voters = ReadVoters(root),
        Table = ReadTable(root),
    };

    private static VoterSet ReadVoters(JsonElement root)
    {
        ImmutableArray<string> voters = [.. root.List(Voters).Select(voter => voter.GetString() ?? "")];
        return VoterSet.WhyNot(voters) is { } reason
            ? throw new FormatException(reason)
            : VoterSet.Create(voters, root.Lease(Lease), root.Whole(Version, 0, long.MaxValue));
    }

    private static IncarnationTable ReadTable(JsonElement root)
    {
        var table = IncarnationTable.Empty;
        foreach (var entry in root.List(Table))
            table = table.With(entry.Text(Voter), new Incarnation((int)entry.Whole(Number, 1, int.MaxValue), entry.Text(Id)));
        return table;
    }
}
