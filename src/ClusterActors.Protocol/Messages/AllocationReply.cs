using System.Globalization;

namespace ClusterActors.Protocol.Messages;

/// <summary>The worker a client is sent to: what a done reply to action 0 carries (PROTOCOL.md section 4).</summary>
/// <param name="Ip">Address of the worker. Parameter <c>ip</c>.</param>
/// <param name="Port">Its business port. Parameter <c>port</c>.</param>
/// <param name="Node">Its node id. Parameter <c>node</c>.</param>
/// <param name="Lease">Token to present when connecting there. Parameter <c>lease</c>.</param>
/// <param name="ExpiresSeconds">Seconds the lease waits to be claimed. Parameter <c>expires</c>.</param>
/// <param name="Explain">Why each worker was or was not chosen, when that was asked for. Parameter <c>explain</c>, a JSON array.</param>
public sealed record AllocationReply(
    string Ip, int Port, string Node, string Lease, int ExpiresSeconds, IReadOnlyList<AllocationCandidate>? Explain = null)
{
    /// <summary>
    /// Epoch of the management authority under which it was allocated; <see langword="null"/> from a manager that knows none, as existing
    /// CshBBrain managers do not. Parameter <c>epoch</c>.
    /// </summary>
    public long? Epoch { get; init; }

    /// <summary>The reply that carries this.</summary>
    /// <param name="seq">The mark of the request.</param>
    public Reply ToReply(string? seq = null)
    {
        List<Parameter> values =
        [
            new("ip", Ip),
            new("port", Port.ToString(CultureInfo.InvariantCulture)),
            new("node", Node),
            new("lease", Lease),
            new("expires", ExpiresSeconds.ToString(CultureInfo.InvariantCulture)),
        ];
        if (Epoch is { } epoch)
            values.Add(new("epoch", epoch.ToString(CultureInfo.InvariantCulture)));
        if (Explain is not null)
            values.Add(new("explain", JsonArrays.Write(Explain, AllocationCandidateJson.Write)));
        return Reply.Done(values) with { Seq = seq };
    }

    /// <summary>The reply to a request that no worker was found for, with the explanation that was asked for.</summary>
    public static Reply Refused(string code, string msg, IReadOnlyList<AllocationCandidate> explain) =>
        Reply.Failed(code, msg, new Parameter("explain", JsonArrays.Write(explain, AllocationCandidateJson.Write)));

    /// <summary>Reads the explanation of a reply to action 0, done or not; empty when it carries none.</summary>
    public static IReadOnlyList<AllocationCandidate> ReadExplanation(Reply reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        return reply.Find("explain") is { } json && JsonArrays.TryRead("explain", json, AllocationCandidateJson.Read, out var explain) is null
            ? explain
            : [];
    }

    /// <summary>Reads what a reply to action 0 carries.</summary>
    /// <param name="reply">A reply that is done.</param>
    /// <param name="allocation">The allocation, when the reply carries a good one.</param>
    /// <param name="reason">Otherwise what is wrong with it.</param>
    public static bool TryRead(Reply reply, out AllocationReply? allocation, out string? reason)
    {
        ArgumentNullException.ThrowIfNull(reply);
        allocation = null;
        IReadOnlyList<AllocationCandidate>? explain = null;
        var values = new ReplyReader(reply);
        var (ip, port, node) = (values.Text("ip"), values.Whole("port", 1, 65535), values.Text("node"));
        var (lease, expires) = (values.Text("lease"), values.Whole("expires", 0, int.MaxValue));
        var epoch = values.WholeIfAny("epoch", 0, long.MaxValue);
        reason = values.Reason;
        if (reason is null && !LeaseToken.IsValid(lease))
            reason = $"lease {Wording.Quote(lease)} must be {LeaseToken.Form}";
        if (reason is null && reply.Find("explain") is { } json)
            reason = JsonArrays.TryRead("explain", json, AllocationCandidateJson.Read, out explain);
        if (reason is null)
            allocation = new AllocationReply(ip, (int)port, node, lease, (int)expires, explain) { Epoch = epoch };
        return reason is null;
    }
}
