namespace ClusterActors.Actors.Authority.Rules;

/// <summary>What a worker lets in: the holder of the newest epoch it accepted, and a newer one once that is durable.</summary>
internal static class Fencing
{
    /// <summary>When the voters are to be asked, while the fence is lost.</summary>
    public static TimeSpan? DueAt(AuthorityState state) => state.Fencing is { Fence: null } fencing ? fencing.NextAskAt : null;

    /// <summary>Asks the voters where the fence must stand, while it is lost.</summary>
    public static AuthorityStep Pass(AuthorityStep step, TimeSpan now)
    {
        if (!(now >= DueAt(step.State)))
            return step;
        var state = step.State.NextSeq();
        state = state with { Fencing = state.Fencing! with { NextAskAt = now + state.Settings.RenewEvery } };
        return step.With(state).SendToVoters(new VoterRequest.TellPromised(state.Self, state.Voters.Id, state.Seq));
    }

    /// <summary>A voter said what it promised. The highest of a majority is no lower than any epoch that was ever held.</summary>
    public static AuthorityStep Take(AuthorityStep step, VoterReply reply)
    {
        var state = step.State;
        if (state.Fencing is not { Fence: null } fencing
            || !reply.Granted
            || reply.Seq < fencing.AskedSince
            || !state.Voters.Voters.Contains(reply.From.Node)
            || !state.Rules.Counts(state.Known, reply.From.Node, reply.Incarnation)
            || fencing.Told.Any(told => told.From.Node == reply.From.Node))
            return step;

        var told = fencing.Told.Add(reply);
        step = step.With(state with { Fencing = fencing with { Told = told } });
        return told.Length < state.Voters.Majority
            ? step
            : step.Write(new Fence(told.Max(one => one.Promised), null), new AuthorityEffect.Say(new AuthorityNotice.FenceFound(told.Max(one => one.Promised))));
    }

    /// <summary>A manager asks something of this worker.</summary>
    public static AuthorityStep Receive(AuthorityStep step, WorkerRequest request, TimeSpan now)
    {
        if (step.State.Fencing is not { } fencing)
            return step;
        if (fencing.Pending is null)
            return Judge(step, fencing, request, now);
        return fencing.Waiting.Count >= AuthoritySettings.MaxWaiting
            ? step.Say(new AuthorityNotice.Dropped())
            : step.With(step.State with { Fencing = fencing with { Waiting = fencing.Waiting.Add(request) } });
    }

    /// <summary>The fence is durable: what depends on it may be done.</summary>
    public static AuthorityStep Written(AuthorityStep step, AuthorityInput.FenceWritten written, TimeSpan now)
    {
        if (step.State.Fencing is not { Pending: { } pending } fencing || pending.Ticket != written.Ticket)
            return step;
        return GoOn(step.With(step.State with { Fencing = fencing with { Pending = null } }).Then(pending.After), now);
    }

    /// <summary>The fence is not durable: no answer. It stands where the file says, or nowhere.</summary>
    public static AuthorityStep Failed(AuthorityStep step, AuthorityInput.FenceFailed failed, TimeSpan now)
    {
        if (step.State.Fencing is not { Pending: { } pending } fencing || pending.Ticket != failed.Ticket)
            return step;
        fencing = fencing with { Fence = failed.OnDisk, Pending = null, Told = [], NextAskAt = now, AskedSince = step.State.Seq + 1 };
        return GoOn(step.With(step.State with { Fencing = fencing }).Say(new AuthorityNotice.FenceNotWritten(failed.OnDisk is not null)), now);
    }

    private static AuthorityStep GoOn(AuthorityStep step, TimeSpan now)
    {
        while (step.State.Fencing is { Pending: null, Waiting: { IsEmpty: false } waiting } fencing)
        {
            fencing = fencing with { Waiting = waiting.RemoveAt(0) };
            step = Judge(step.With(step.State with { Fencing = fencing }), fencing, waiting[0], now);
        }
        return step;
    }

    private static AuthorityStep Judge(AuthorityStep step, FencingState fencing, WorkerRequest request, TimeSpan now)
    {
        var state = step.State;
        var verdict = Look(fencing.Fence, request);
        if (verdict != FenceVerdict.Accepted)
            return step.Send(request.From.Node, Reply(state, request, verdict));

        state = state.Hear(request.From.Node, request.Epoch, now);
        step = step.With(state);
        var raised = state.Rules.Raise(fencing.Fence, request);
        AuthorityEffect answer = request is WorkerRequest.Command command
            ? new AuthorityEffect.Queue(command)
            : new AuthorityEffect.Send(request.From.Node, Reply(state, request, FenceVerdict.Accepted) with { Fence = raised.Epoch });
        return raised == fencing.Fence ? step.Then(answer) : step.Write(raised, answer);
    }

    private static FenceVerdict Look(Fence? fence, WorkerRequest request)
    {
        if (fence is null)
            return FenceVerdict.Unknown;
        if (request.Epoch < fence.Epoch)
            return FenceVerdict.Stale;
        return request.Epoch > fence.Epoch || fence.Holder is null || fence.Holder == request.From ? FenceVerdict.Accepted : FenceVerdict.AnotherHolder;
    }

    private static WorkerReply Reply(AuthorityState state, WorkerRequest request, FenceVerdict verdict) => new(
        state.Self, state.Voters.Id, request.From.Run, request.Seq, request.Epoch, verdict, state.Fencing!.Fence?.Epoch ?? 0);
}
