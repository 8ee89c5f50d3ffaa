namespace ClusterActors.Actors.Authority.Rules;

/// <summary>A worker's answer to a <see cref="WorkerRequest"/>; what a command did is said elsewhere.</summary>
/// <param name="From">The worker.</param>
/// <param name="Set">The voters that it goes by.</param>
/// <param name="Run">Echoed: the run that asked.</param>
/// <param name="Seq">Echoed.</param>
/// <param name="Epoch">Echoed.</param>
/// <param name="Verdict">What the fence says.</param>
/// <param name="Fence">The newest epoch the worker accepted; 0 while it does not know.</param>
internal sealed record WorkerReply(
    ManagerRun From, VoterSetId Set, string Run, long Seq, long Epoch, FenceVerdict Verdict, long Fence) : AuthorityMessage(From, Set);
