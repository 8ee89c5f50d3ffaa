using System.Globalization;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Authority;

/// <summary>
/// A handover that an operator ordered, from its order to its outcome. States: preparing (a server that was no manager becomes one and
/// the others link to it; left when enough have, or after a time) and released (left when a newer holder is heard of, or after a time).
/// </summary>
/// <param name="Node">Node id of the target.</param>
/// <param name="Target">Its name.</param>
/// <param name="Since">When it was ordered.</param>
/// <param name="Until">When the state it is in is given up.</param>
/// <param name="Workers">How many workers the target is to know before it takes over.</param>
/// <param name="Released">The epoch that was released; null while preparing.</param>
internal sealed record Handover(string Node, string Target, TimeSpan Since, TimeSpan Until, int Workers, long? Released = null)
{
    /// <summary>How long a new manager has until the workers have linked to it; it takes over after that all the same.</summary>
    public static readonly TimeSpan PreparationLimit = TimeSpan.FromSeconds(3);

    /// <summary>Whether the target can take over now.</summary>
    public bool IsReady(KnownServer? target, TimeSpan now) =>
        Released is null && (now >= Until || (target is { IsManager: true } && target.Standing.Workers >= Workers));

    /// <summary>The state after the release.</summary>
    public Handover Release(long epoch, AuthoritySettings settings, TimeSpan now) =>
        this with { Released = epoch, Until = now + settings.SuccessorWithin + settings.VoteTimeout };

    /// <summary>The outcome, when there is one.</summary>
    public Reply? Outcome(AuthoritySnapshot newest, TimeSpan now)
    {
        if (Released is not { } released)
            return null;
        if (newest.State.Holder is { } holder && holder.Epoch > released)
        {
            return holder.Node == Target
                ? Done(Node, Target, holder.Epoch, now - Since)
                : Reply.Failed(FailureCode.Internal, $"{newest.NodeOf(holder.Node)} took over instead of {Node}");
        }

        return now < Until
            ? null
            : Reply.Failed(FailureCode.Timeout, $"{Node} was handed authority and was not heard of as its holder; the managers elect one of them");
    }

    /// <summary>The reply that names the new holder.</summary>
    public static Reply Done(string node, string name, long epoch, TimeSpan took)
    {
        var (host, port) = Configuration.HostAndPort.TryParse(name, out var address) ? (address.Host, address.Port) : (name, 0);
        return Reply.Done(
            new Parameter("node", node),
            new Parameter("ip", host),
            new Parameter("port", port.ToString(CultureInfo.InvariantCulture)),
            new Parameter("epoch", epoch.ToString(CultureInfo.InvariantCulture)),
            new Parameter("took", took.TotalMilliseconds.ToString("0.##", CultureInfo.InvariantCulture)));
    }
}
