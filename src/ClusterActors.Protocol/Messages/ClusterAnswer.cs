namespace ClusterActors.Protocol.Messages;

/// <summary>Which Akka cluster lives: what a done reply to action 70 carries (PROTOCOL.md section 4.7).</summary>
/// <param name="Members">Akka addresses of members that can be joined through, those that are up first; empty: none is known. Parameter <c>cluster</c>.</param>
/// <param name="Forming">Whether the one who answers is about to form a cluster. Parameter <c>forming</c>, 0 or 1.</param>
public sealed record ClusterAnswer(IReadOnlyList<string> Members, bool Forming)
{
    /// <summary>No cluster is known and none is about to be formed.</summary>
    public static ClusterAnswer None { get; } = new([], false);

    /// <summary>The reply that carries this.</summary>
    /// <param name="seq">The mark of the request.</param>
    public Reply ToReply(string? seq = null) => Reply.Done(
        new Parameter("cluster", string.Join(',', Members.Take(ClusterQuery.MaxAddresses))),
        new Parameter("forming", Forming ? "1" : "0")) with
    { Seq = seq };

    /// <summary>Reads what a reply to action 70 carries.</summary>
    /// <param name="reply">A reply that is done.</param>
    /// <param name="answer">The answer, when the reply carries a good one.</param>
    /// <param name="reason">Otherwise what is wrong with it.</param>
    public static bool TryRead(Reply reply, out ClusterAnswer? answer, out string? reason)
    {
        ArgumentNullException.ThrowIfNull(reply);
        answer = null;
        var values = new ReplyReader(reply);
        var forming = values.Whole("forming", 0, 1);
        reason = values.Reason;
        IReadOnlyList<string> members = [];
        if (reason is null)
            reason = ClusterAddresses.Read(reply.Find("cluster") ?? "", out members);
        if (reason is null)
            answer = new ClusterAnswer(members, forming == 1);
        return reason is null;
    }
}
