using System.Collections.Immutable;

namespace ClusterActors.Actors.Authority.Rules;

/// <summary>What can happen to the authority of a node.</summary>
internal abstract record AuthorityInput
{
    private AuthorityInput()
    {
    }

    /// <summary>A message came, or was sent to this very node.</summary>
    /// <param name="Message">It.</param>
    public sealed record Received(AuthorityMessage Message) : AuthorityInput;

    /// <summary>Time has passed; nothing else.</summary>
    public sealed record Tick : AuthorityInput
    {
        /// <summary>The only one.</summary>
        public static readonly Tick Instance = new();
    }

    /// <summary>The ballot is durable.</summary>
    /// <param name="Ticket">Which write.</param>
    public sealed record BallotWritten(long Ticket) : AuthorityInput;

    /// <summary>The ballot could not be made durable.</summary>
    /// <param name="Ticket">Which write.</param>
    /// <param name="OnDisk">What the file says, read again; null when it is missing or unreadable.</param>
    public sealed record BallotFailed(long Ticket, Ballot? OnDisk) : AuthorityInput;

    /// <summary>The fence is durable.</summary>
    /// <param name="Ticket">Which write.</param>
    public sealed record FenceWritten(long Ticket) : AuthorityInput;

    /// <summary>The fence could not be made durable.</summary>
    /// <param name="Ticket">Which write.</param>
    /// <param name="OnDisk">What the file says, read again; null when it is missing or unreadable.</param>
    public sealed record FenceFailed(long Ticket, Fence? OnDisk) : AuthorityInput;

    /// <summary>A worker can be reached.</summary>
    /// <param name="Node">Which one.</param>
    public sealed record WorkerCame(string Node) : AuthorityInput;

    /// <summary>A worker is no longer one of the fleet.</summary>
    /// <param name="Node">Which one.</param>
    public sealed record WorkerWent(string Node) : AuthorityInput;

    /// <summary>Send this to a worker if, and only if, this node may command it at this moment.</summary>
    /// <param name="Worker">Which one; null for an existing CshBBrain server, which knows nothing of epochs and is taken by nobody.</param>
    /// <param name="Token">What is to be done.</param>
    public sealed record Order(string? Worker, string Token) : AuthorityInput;

    /// <summary>Hand management authority over.</summary>
    /// <param name="Target">Node id of the one that is to hold it.</param>
    public sealed record HandOver(string Target) : AuthorityInput;

    /// <summary>The operator wants this node to take over at once, where no lease forbids it.</summary>
    public sealed record TakeOver : AuthorityInput
    {
        /// <summary>The only one.</summary>
        public static readonly TakeOver Instance = new();
    }

    /// <summary>This node is about to stop: from now on it does not stand for election.</summary>
    public sealed record Leave : AuthorityInput
    {
        /// <summary>The only one.</summary>
        public static readonly Leave Instance = new();
    }

    /// <summary>Somebody said who holds authority. For those who ask, and for one that handed over and waits for news of its successor.</summary>
    /// <param name="Holder">Its name.</param>
    /// <param name="Epoch">The epoch it holds.</param>
    public sealed record Heard(string Holder, long Epoch) : AuthorityInput;

    /// <summary>The operator says that this voter lost its ballot and is to vote again.</summary>
    public sealed record Readmit : AuthorityInput
    {
        /// <summary>The only one.</summary>
        public static readonly Readmit Instance = new();
    }

    /// <summary>The operator confirms that a majority is lost and that all others are stopped: these are the voters from now on.</summary>
    /// <param name="Voters">Their names, this node among them.</param>
    public sealed record Force(ImmutableArray<string> Voters) : AuthorityInput;
}
