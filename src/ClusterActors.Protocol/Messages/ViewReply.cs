using System.Globalization;

namespace ClusterActors.Protocol.Messages;

/// <summary>The servers a manager knows: what a done reply to action 9 carries (PROTOCOL.md section 4).</summary>
/// <param name="Count">Number of servers. Parameter <c>count</c>.</param>
/// <param name="Authority">Node id of the holder of management authority, when there is one. Parameter <c>authority</c>.</param>
/// <param name="Epoch">Epoch of management authority, 0 before the first. Parameter <c>epoch</c>.</param>
/// <param name="Manager">Node id of the manager that answers. Parameter <c>manager</c>.</param>
/// <param name="Nodes">The servers. Parameter <c>nodes</c>, a JSON array.</param>
public sealed record ViewReply(int Count, string? Authority, long Epoch, string Manager, IReadOnlyList<ServerView> Nodes)
{
    /// <summary>Address host:port of the holder's cluster port, when there is a holder. Parameter <c>holder</c> (extension).</summary>
    public string? Holder { get; init; }

    /// <summary>For how many milliseconds this manager has known it as the holder. Parameter <c>since</c> (extension).</summary>
    public long? SinceMs { get; init; }

    /// <summary>Why there is no holder, in a sentence. Parameter <c>why</c> (extension).</summary>
    public string? Why { get; init; }

    /// <summary>The voters; empty from a manager that does not tell. Parameter <c>voters</c> (extension), a JSON array.</summary>
    public IReadOnlyList<VoterView> Voters { get; init; } = [];

    /// <summary>The reply that carries this.</summary>
    /// <param name="seq">The mark of the request.</param>
    public Reply ToReply(string? seq = null)
    {
        List<Parameter> values = [new("count", Count.ToString(CultureInfo.InvariantCulture))];
        if (Authority is not null)
            values.Add(new("authority", Authority));
        values.Add(new("epoch", Epoch.ToString(CultureInfo.InvariantCulture)));
        values.Add(new("manager", Manager));
        if (Holder is not null)
            values.Add(new("holder", Holder));
        if (SinceMs is { } since)
            values.Add(new("since", since.ToString(CultureInfo.InvariantCulture)));
        if (Why is not null)
            values.Add(new("why", Why));
        if (Voters.Count > 0)
            values.Add(new("voters", JsonArrays.Write(Voters, VoterViewJson.Write)));
        values.Add(new("nodes", JsonArrays.Write(Nodes, ServerViewJson.Write)));
        return Reply.Done(values) with { Seq = seq };
    }

    /// <summary>Reads what a reply to action 9 carries.</summary>
    /// <param name="reply">A reply that is done.</param>
    /// <param name="view">The view, when the reply carries a good one.</param>
    /// <param name="reason">Otherwise what is wrong with it.</param>
    public static bool TryRead(Reply reply, out ViewReply? view, out string? reason)
    {
        ArgumentNullException.ThrowIfNull(reply);
        view = null;
        IReadOnlyList<ServerView> nodes = [];
        IReadOnlyList<VoterView> voters = [];
        var values = new ReplyReader(reply);
        var (count, epoch) = (values.Whole("count", 0, int.MaxValue), values.Whole("epoch", 0, long.MaxValue));
        var (manager, json) = (values.Text("manager"), values.Text("nodes"));
        var (since, holder) = (values.WholeIfAny("since", 0, long.MaxValue), reply.Find("holder"));
        reason = values.Reason ?? JsonArrays.TryRead("nodes", json, ServerViewJson.Read, out nodes);
        if (reason is null && holder is not null && !ClusterAddress.IsValid(holder))
            reason = $"holder {Wording.Quote(holder)} must be {ClusterAddress.Form}";
        if (reason is null && reply.Find("voters") is { } ballots)
            reason = JsonArrays.TryRead("voters", ballots, VoterViewJson.Read, out voters, VoterView.MaxVoters);
        if (reason is null)
        {
            view = new ViewReply((int)count, reply.Find("authority"), epoch, manager, nodes)
            {
                Holder = holder,
                SinceMs = since,
                Why = reply.Find("why"),
                Voters = voters,
            };
        }

        return reason is null;
    }
}
