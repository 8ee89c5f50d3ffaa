namespace ClusterActors.Actors.Authority.Rules;

/// <summary>What is to be done after a decision, in the order given.</summary>
internal abstract record AuthorityEffect
{
    private AuthorityEffect()
    {
    }

    /// <summary>Send a message; it may get lost. To this very node: deliver it as if it had come from outside.</summary>
    /// <param name="To">Node id.</param>
    /// <param name="Message">It.</param>
    public sealed record Send(string To, AuthorityMessage Message) : AuthorityEffect;

    /// <summary>
    /// Make the ballot durable (write temp, fsync, rename, fsync the directory), then say <see cref="AuthorityInput.BallotWritten"/>;
    /// if that fails, read the file again and say <see cref="AuthorityInput.BallotFailed"/>. There is one write at a time.
    /// </summary>
    /// <param name="Ticket">Which write.</param>
    /// <param name="Ballot">What to write.</param>
    public sealed record WriteBallot(long Ticket, Ballot Ballot) : AuthorityEffect;

    /// <summary>The same for the fence, with <see cref="AuthorityInput.FenceWritten"/> and <see cref="AuthorityInput.FenceFailed"/>.</summary>
    /// <param name="Ticket">Which write.</param>
    /// <param name="Fence">What to write.</param>
    public sealed record WriteFence(long Ticket, Fence Fence) : AuthorityEffect;

    /// <summary>The fence let a command in: it may wait for its turn, and is executed then if <see cref="AuthorityState.MayRun"/> still says so.</summary>
    /// <param name="Command">It.</param>
    public sealed record Queue(WorkerRequest.Command Command) : AuthorityEffect;

    /// <summary>An order was not sent.</summary>
    /// <param name="Order">It.</param>
    /// <param name="Reason">Why.</param>
    public sealed record RefuseOrder(AuthorityInput.Order Order, OrderRefusal Reason) : AuthorityEffect;

    /// <summary>An operator's request was not done.</summary>
    /// <param name="Request">It: <see cref="AuthorityInput.HandOver"/>, <see cref="AuthorityInput.TakeOver"/>, <see cref="AuthorityInput.Readmit"/> or <see cref="AuthorityInput.Force"/>.</param>
    /// <param name="Reason">Why, and what would be right.</param>
    public sealed record RefuseRequest(AuthorityInput Request, string Reason) : AuthorityEffect;

    /// <summary>Something happened that is worth a line in the log.</summary>
    /// <param name="Notice">It.</param>
    public sealed record Say(AuthorityNotice Notice) : AuthorityEffect;
}
