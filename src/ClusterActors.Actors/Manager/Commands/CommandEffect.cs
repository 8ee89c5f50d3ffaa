using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Manager.Commands;

/// <summary>What is to be done after a decision about a command.</summary>
internal abstract record CommandEffect
{
    private CommandEffect()
    {
    }

    /// <summary>Send a command to a worker.</summary>
    /// <param name="Link">The link it reports on.</param>
    /// <param name="Request">The command.</param>
    public sealed record Send(LinkId Link, CommandRequest Request) : CommandEffect;

    /// <summary>Answer an operator; comes exactly once for each ticket.</summary>
    /// <param name="Ticket">Who.</param>
    /// <param name="Reply">What, without the mark of his request.</param>
    public sealed record Answer(long Ticket, Reply Reply) : CommandEffect;
}
