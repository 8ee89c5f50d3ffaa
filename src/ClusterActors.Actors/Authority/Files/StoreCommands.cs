using ClusterActors.Actors.Authority.Rules;

namespace ClusterActors.Actors.Authority.Files;

/// <summary>What the <see cref="AuthorityStoreActor"/> is told to do.</summary>
internal static class StoreCommands
{
    /// <summary>Any of them.</summary>
    public interface IStoreCommand;

    /// <summary>
    /// Make the ballot durable. The sender hears <see cref="AuthorityInput.BallotWritten"/> or <see cref="AuthorityInput.BallotFailed"/>.
    /// </summary>
    /// <param name="Ticket">Which write.</param>
    /// <param name="Ballot">What to write.</param>
    public sealed record WriteBallot(long Ticket, Ballot Ballot) : IStoreCommand;

    /// <summary>
    /// Make the fence durable. The sender hears <see cref="AuthorityInput.FenceWritten"/> or <see cref="AuthorityInput.FenceFailed"/>.
    /// </summary>
    /// <param name="Ticket">Which write.</param>
    /// <param name="Fence">What to write.</param>
    public sealed record WriteFence(long Ticket, Fence Fence) : IStoreCommand;
}
