using Akka.Actor;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Manager;

/// <summary>What happened to servers and their links: from the gateway to the manager, and the manager's receipts.</summary>
public static class ManagerEvents
{
    /// <summary>Marks what the manager is told.</summary>
    public interface IManagerEvent;

    /// <summary>Marks the receipt of a report. The gateway has at most one report without receipt in flight per link.</summary>
    public interface IReportReceipt
    {
        /// <summary>The link that the report came in on.</summary>
        LinkId Link { get; }
    }

    /// <summary>A server reported (action 1, PROTOCOL.md section 4). Answered with an <see cref="IReportReceipt"/>.</summary>
    /// <param name="Server">Who, as the gateway knows it.</param>
    /// <param name="Report">What it said.</param>
    public sealed record ServerReported(LinkedServer Server, ServerReport Report) : IManagerEvent;

    /// <summary>A link is closed; no report follows on it. Not answered.</summary>
    /// <param name="Link">Which one.</param>
    /// <param name="Left">The server said goodbye: it is gone at once. Otherwise it is unreachable.</param>
    /// <param name="Reason">Why, in words, for the log and for explanations.</param>
    public sealed record LinkClosed(LinkId Link, bool Left, string Reason) : IManagerEvent;

    /// <summary>A server replied to the command it was sent last (<see cref="Gateway.LinkCommands.Send"/>). Not answered.</summary>
    /// <param name="Link">The link that the reply came in on.</param>
    /// <param name="Reply">What it said.</param>
    public sealed record CommandAnswered(LinkId Link, Reply Reply) : IManagerEvent, INoSerializationVerificationNeeded;

    /// <summary>Marks news of the Akka.Cluster about a server, which may be one that has not reported. Not answered.</summary>
    public interface IMemberEvent : IManagerEvent
    {
        /// <summary>Its node id.</summary>
        string Node { get; }
    }

    /// <summary>A server is a member and can be reached, for the first time or again.</summary>
    /// <param name="Node">Its node id.</param>
    public sealed record MemberReachable(string Node) : IMemberEvent;

    /// <summary>The other members cannot reach a server.</summary>
    /// <param name="Node">Its node id.</param>
    public sealed record MemberUnreachable(string Node) : IMemberEvent;

    /// <summary>A server is about to leave the Akka.Cluster.</summary>
    /// <param name="Node">Its node id.</param>
    public sealed record MemberLeaving(string Node) : IMemberEvent;

    /// <summary>A server is no member any more, and nothing is known of it but what its link says.</summary>
    /// <param name="Node">Its node id.</param>
    public sealed record MemberGone(string Node) : IMemberEvent;

    /// <summary>The report is in the registry.</summary>
    /// <param name="Link">The link that the report came in on.</param>
    public sealed record ReportTaken(LinkId Link) : IReportReceipt;

    /// <summary>The report was not taken and changed nothing.</summary>
    /// <param name="Link">The link that the report came in on.</param>
    /// <param name="Code">
    /// A code of PROTOCOL.md section 3: <c>no-capacity</c> when the registry is full, <c>bad-request</c> for a node id that
    /// cannot be one.
    /// </param>
    /// <param name="Reason">A sentence for the peer and the log.</param>
    public sealed record ReportRefused(LinkId Link, string Code, string Reason) : IReportReceipt;
}
