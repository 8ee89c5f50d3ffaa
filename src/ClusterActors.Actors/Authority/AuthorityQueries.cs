using Akka.Actor;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Authority;

/// <summary>What operators ask of authority (PROTOCOL.md section 4.5). Each is answered with <see cref="Answer"/>, once.</summary>
internal static class AuthorityQueries
{
    /// <summary>Action 6 with a node: that server is to take over.</summary>
    /// <param name="Request">What is asked.</param>
    /// <param name="From">Address it came from, for the audit trail.</param>
    public sealed record Move(AuthorityMove Request, string From) : INoSerializationVerificationNeeded;

    /// <summary>Action 71: go on with these voters, the others are stopped.</summary>
    /// <param name="Request">What is asked.</param>
    /// <param name="From">Address it came from, for the audit trail.</param>
    public sealed record Force(ForceAuthorityRequest Request, string From) : INoSerializationVerificationNeeded;

    /// <summary>Action 72: this voter lost its ballot and is to vote again.</summary>
    /// <param name="Request">What is asked.</param>
    /// <param name="From">Address it came from, for the audit trail.</param>
    public sealed record Readmit(ReadmitRequest Request, string From) : INoSerializationVerificationNeeded;

    /// <summary>The answer.</summary>
    /// <param name="Reply">Without the mark of the request.</param>
    public sealed record Answer(Reply Reply) : INoSerializationVerificationNeeded;
}
