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
    /// <summary>The reply that carries this.</summary>
    /// <param name="seq">The mark of the request.</param>
    public Reply ToReply(string? seq = null)
    {
        List<Parameter> values = [new("count", Count.ToString(CultureInfo.InvariantCulture))];
        if (Authority is not null)
            values.Add(new("authority", Authority));
        values.Add(new("epoch", Epoch.ToString(CultureInfo.InvariantCulture)));
        values.Add(new("manager", Manager));
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
        var values = new ReplyReader(reply);
        var (count, epoch) = (values.Whole("count", 0, int.MaxValue), values.Whole("epoch", 0, long.MaxValue));
        var (manager, json) = (values.Text("manager"), values.Text("nodes"));
        reason = values.Reason ?? JsonArrays.TryRead("nodes", json, ServerViewJson.Read, out nodes);
        if (reason is null)
            view = new ViewReply((int)count, reply.Find("authority"), epoch, manager, nodes);
        return reason is null;
    }
}
