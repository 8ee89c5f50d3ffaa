namespace ClusterActors.Actors.Authority.Rules;

/// <summary>What the holder of an epoch asks of a worker; the fence judges all of it alike.</summary>
/// <param name="From">The holder.</param>
/// <param name="Set">The voters that it goes by.</param>
/// <param name="Seq">Never used twice in a run.</param>
/// <param name="Epoch">The epoch it holds.</param>
internal abstract record WorkerRequest(ManagerRun From, VoterSetId Set, long Seq, long Epoch) : AuthorityMessage(From, Set)
{
    /// <summary>I command from now on: accept nothing older. Comes before any command of an epoch.</summary>
    /// <param name="From">The holder.</param>
    /// <param name="Set">The voters that it goes by.</param>
    /// <param name="Seq">Never used twice in a run.</param>
    /// <param name="Epoch">The epoch it holds.</param>
    public sealed record Take(ManagerRun From, VoterSetId Set, long Seq, long Epoch) : WorkerRequest(From, Set, Seq, Epoch);

    /// <summary>Do something: a command, or the notice that a client was allocated.</summary>
    /// <param name="From">The holder.</param>
    /// <param name="Set">The voters that it goes by.</param>
    /// <param name="Seq">Never used twice in a run.</param>
    /// <param name="Epoch">The epoch it holds.</param>
    /// <param name="Token">What is to be done, as the manager and the worker name it between them.</param>
    public sealed record Command(ManagerRun From, VoterSetId Set, long Seq, long Epoch, string Token) : WorkerRequest(From, Set, Seq, Epoch);
}
