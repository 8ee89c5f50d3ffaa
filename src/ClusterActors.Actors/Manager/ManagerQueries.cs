using System.Collections.Immutable;
using Akka.Actor;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Manager;

/// <summary>What can be asked of the manager, and its answers.</summary>
public static class ManagerQueries
{
    /// <summary>Marks a question to the manager.</summary>
    public interface IManagerQuery;

    /// <summary>Marks the answers to <see cref="Allocate"/>.</summary>
    public interface IAllocationAnswer
    {
        /// <summary>One element per server of the registry, ordered by node id; empty unless it was asked for.</summary>
        ImmutableArray<AllocationCandidate> Explain { get; }
    }

    /// <summary>Which worker and port shall a client connect to: action 0 (PROTOCOL.md section 4).</summary>
    /// <param name="Key">Clients with the same key get the same worker while it is up and has room; null or empty: none.</param>
    /// <param name="Explain">Say of each server why it was or was not chosen. Costs a look at every server.</param>
    public sealed record Allocate(string? Key, bool Explain) : IManagerQuery;

    /// <summary>A place on a worker, held for the client until it connects or the lease expires.</summary>
    /// <param name="Node">Node id of the worker.</param>
    /// <param name="Ip">Its address.</param>
    /// <param name="Port">One of its open business ports.</param>
    /// <param name="Lease">Token of 22 characters that the client presents when it connects.</param>
    /// <param name="Expires">How long the place is held, from now.</param>
    /// <param name="Explain">See <see cref="IAllocationAnswer.Explain"/>.</param>
    public sealed record AllocationGranted(
        string Node,
        string Ip,
        int Port,
        string Lease,
        TimeSpan Expires,
        ImmutableArray<AllocationCandidate> Explain) : IAllocationAnswer
    {
        /// <summary>The epoch of management authority under which it was given. It may leave as long as this node may act at it.</summary>
        public long Epoch { get; init; }
    }

    /// <summary>This manager may not allocate at the moment: it does not hold management authority.</summary>
    public sealed record NotAuthority : IAllocationAnswer
    {
        /// <summary>The only one.</summary>
        public static NotAuthority Instance { get; } = new();

        /// <inheritdoc/>
        public ImmutableArray<AllocationCandidate> Explain => [];
    }

    /// <summary>No place was given.</summary>
    /// <param name="Code">
    /// A code of PROTOCOL.md section 3: <c>no-capacity</c>, or <c>bad-request</c> for a key that is too long.
    /// </param>
    /// <param name="Message">A sentence that says how many workers there are and why none took the client.</param>
    /// <param name="Explain">See <see cref="IAllocationAnswer.Explain"/>.</param>
    public sealed record AllocationRefused(string Code, string Message, ImmutableArray<AllocationCandidate> Explain)
        : IAllocationAnswer;

    /// <summary>Which servers are there: action 9 (PROTOCOL.md section 4). Answered with <see cref="FleetView"/>.</summary>
    public sealed record ViewFleet : IManagerQuery;

    /// <summary>Every server of the registry as this manager sees it now.</summary>
    /// <param name="Manager">Node id of this manager.</param>
    /// <param name="Authority">Node id of the holder of management authority; empty when there is none.</param>
    /// <param name="Epoch">Epoch of that authority, 0 when there is none.</param>
    /// <param name="Servers">Ordered by node id.</param>
    /// <param name="Holder">What this manager knows of the holder and the voters.</param>
    public sealed record FleetView(string Manager, string Authority, long Epoch, ImmutableArray<ServerView> Servers, HolderView Holder);

    /// <summary>What a manager knows of management authority.</summary>
    /// <param name="Address">Cluster address of the holder; null when there is none.</param>
    /// <param name="SinceMs">For how many milliseconds this manager knows it as that; null when there is none.</param>
    /// <param name="Why">Why there is none; null when there is one.</param>
    /// <param name="Voters">Every voter.</param>
    public sealed record HolderView(string? Address, long? SinceMs, string? Why, ImmutableArray<VoterView> Voters)
    {
        /// <summary>Nothing is known.</summary>
        public static HolderView None { get; } = new(null, null, null, []);
    }

    /// <summary>A worker is to change something: actions 2-5, 7, 8, 10 (PROTOCOL.md section 4.4). Answered with <see cref="CommandAnswer"/>.</summary>
    /// <param name="Request">The command, with the node it is meant for.</param>
    /// <param name="From">Address of the operator, without his port.</param>
    public sealed record Command(CommandRequest Request, string From) : IManagerQuery, INoSerializationVerificationNeeded;

    /// <summary>How a command ended: what the worker said, or why it was not done. Comes within twice the command timeout.</summary>
    /// <param name="Reply">Without the mark of the request.</param>
    public sealed record CommandAnswer(Reply Reply) : INoSerializationVerificationNeeded;
}
