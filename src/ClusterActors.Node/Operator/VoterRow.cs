using System.Globalization;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Node.Operator;

/// <summary>A voter for management authority as <c>status</c> shows it.</summary>
/// <param name="Node">Node id.</param>
/// <param name="Address">Its cluster port.</param>
/// <param name="Link">Whether the manager has a link to it.</param>
/// <param name="Promised">The highest epoch it promised to.</param>
/// <param name="Notes">Whether its vote counts, to whom it is bound, whether it is silent, and when it was last heard of.</param>
/// <param name="IsWell">Whether all is as it should be.</param>
internal sealed record VoterRow(string Node, string Address, string Link, string Promised, string Notes, bool IsWell)
{
    // They tell of themselves once a second.
    private const long LongAgo = 3000;

    /// <summary>The voters of a view in their order, which is the one in which they stand for election.</summary>
    public static IReadOnlyList<VoterRow> Of(ViewReply view) => [.. view.Voters.Select(voter => Of(voter, view))];

    private static VoterRow Of(VoterView voter, ViewReply view) => new(
        PlainText.Of(voter.Node ?? HumanUnits.Unknown),
        voter.Address,
        voter.Linked ? "linked" : "no link",
        voter.Promised is { } promised ? promised.ToString(CultureInfo.InvariantCulture) : HumanUnits.Unknown,
        PlainText.Of(string.Join("; ", Remarks(voter, view))),
        voter is { Linked: true, Admitted: not false });

    private static IEnumerable<string> Remarks(VoterView voter, ViewReply view)
    {
        if (voter.Admitted == false)
            yield return $"not admitted (readmit {voter.Node ?? voter.Address})";
        if (voter is { Lease: > 0 and var lease, Holder: { } holder })
            yield return $"bound to {NameOf(holder, view)} for {Duration(lease)}";
        if (voter.Silent is > 0 and var silent)
            yield return $"silent for {Duration(silent)}";
        if (voter.Seen is > LongAgo and var seen)
            yield return $"last heard of {Duration(seen)} ago";
        if (voter is { Seen: null, Linked: false })
            yield return "never heard of";
    }

    private static string NameOf(string address, ViewReply view) =>
        view.Voters.FirstOrDefault(voter => voter.Address == address)?.Node ?? address;

    private static string Duration(long milliseconds) => HumanUnits.Duration(TimeSpan.FromMilliseconds(milliseconds));
}
