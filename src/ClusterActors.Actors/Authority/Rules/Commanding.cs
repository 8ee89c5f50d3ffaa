namespace ClusterActors.Actors.Authority.Rules;

/// <summary>What the holder of an epoch does: renews, takes workers, sends what it is ordered to, hands over, lapses.</summary>
internal static class Commanding
{
    /// <summary>Time has passed: an epoch that lapsed is dropped for ever, and the node stands once above it.</summary>
    public static AuthorityStep Lapse(AuthorityStep step, TimeSpan now)
    {
        var state = step.State;
        if (state.Holding is not { } holding || now < holding.LapsesAt(state.Settings))
            return step;
        step = step.With(state with { Holding = null, GaveUpAt = now }).Say(new AuthorityNotice.Lapsed(holding.Epoch));
        return state.Candidacy is null ? Election.Stand(step, now) : step;
    }

    /// <summary>Renews when it is time to, and takes the workers that did not acknowledge yet.</summary>
    public static AuthorityStep Renew(AuthorityStep step, TimeSpan now)
    {
        if (step.State.Holding is not { } holding || now < holding.NextRenewalAt)
            return step;
        var state = step.State.NextSeq();
        var settings = state.Settings;
        holding = holding with
        {
            NextRenewalAt = now + settings.RenewEvery,
            Renewals = holding.Renewals.RemoveAll(old => old.SentAt + settings.Validity <= now).Add(new Renewal(state.Seq, now)),
        };
        step = step.With(state with { Holding = holding })
            .SendToVoters(new VoterRequest.Renew(state.Self, state.Voters.Id, state.Seq, holding.Epoch));
        return TakeWorkers(step, now);
    }

    /// <summary>A voter answered; it may be about a renewal.</summary>
    public static AuthorityStep Take(AuthorityStep step, VoterReply reply, TimeSpan now)
    {
        var state = step.State;
        if (state.Holding is not { } holding || reply.Epoch != holding.Epoch || Find(holding, reply.Seq) is not { } renewal)
            return step;
        if (!reply.Granted)
            return Outdate(step, holding, reply.Promised, reply.From.Node, now);
        if (!state.Voters.Voters.Contains(reply.From.Node) || !state.Rules.Counts(state.Known, reply.From.Node, reply.Incarnation))
            return step;

        var acted = holding.MayAct(now);
        holding = Counting.Validate(state, Acknowledge(holding, new Acknowledgement(reply.From.Node, reply.Incarnation, renewal.SentAt)));
        step = step.With(state with { Holding = holding });
        if (!holding.MayAct(now))
            return step;
        step = step.With(step.State.Hear(state.Self.Node, holding.Epoch, now));
        return acted ? step : TakeWorkers(step.Say(new AuthorityNotice.Holds(holding.Epoch)), now);
    }

    /// <summary>A worker answered.</summary>
    public static AuthorityStep Take(AuthorityStep step, WorkerReply reply, TimeSpan now)
    {
        step = step.With(step.State.See(reply.Fence));
        if (step.State.Holding is not { } holding || reply.Run != step.State.Self.Run || reply.Epoch != holding.Epoch)
            return step;
        if (reply.Verdict != FenceVerdict.Accepted)
            return Outdate(step, holding, reply.Verdict == FenceVerdict.AnotherHolder ? reply.Fence + 1 : reply.Fence, reply.From.Node, now);
        return holding.Taken.Contains(reply.From.Node)
            ? step
            : step.With(step.State with { Holding = holding with { Taken = holding.Taken.Add(reply.From.Node) } });
    }

    /// <summary>A worker can be reached: it is taken, again too, for it may have lost its fence since.</summary>
    public static AuthorityStep Come(AuthorityStep step, AuthorityInput.WorkerCame came, TimeSpan now)
    {
        step = Go(step, new AuthorityInput.WorkerWent(came.Node));
        return TakeWorkers(step.With(step.State with { Workers = step.State.Workers.Add(came.Node) }), now, came.Node);
    }

    /// <summary>A worker is no longer one of the fleet.</summary>
    public static AuthorityStep Go(AuthorityStep step, AuthorityInput.WorkerWent went)
    {
        var state = step.State with { Workers = step.State.Workers.Remove(went.Node) };
        return step.With(state.Holding is { } holding ? state with { Holding = holding with { Taken = holding.Taken.Remove(went.Node) } } : state);
    }

    /// <summary>Sends an order to a worker if this node may command it now; the one place where a command leaves.</summary>
    public static AuthorityStep Send(AuthorityStep step, AuthorityInput.Order order, TimeSpan now)
    {
        var state = step.State;
        if (!state.MayAct(now))
            return step.Then(new AuthorityEffect.RefuseOrder(order, OrderRefusal.NotHolder));
        if (order.Worker is { } worker && !state.MayCommand(worker, now))
            return step.Then(new AuthorityEffect.RefuseOrder(order, OrderRefusal.NotTaken));
        state = state.NextSeq();
        return step.With(state)
            .Send(order.Worker ?? "", new WorkerRequest.Command(state.Self, state.Voters.Id, state.Seq, state.Holding!.Epoch, order.Token));
    }

    /// <summary>Hands over: first never acts at its epoch again, then tells the target.</summary>
    public static AuthorityStep HandOver(AuthorityStep step, AuthorityInput.HandOver request, TimeSpan now)
    {
        var state = step.State;
        if (!state.MayAct(now))
            return step.Then(new AuthorityEffect.RefuseRequest(request, $"{state.Self.Node} does not hold management authority; ask the one that does"));
        if (state.Candidacy is not null)
            return step.Then(new AuthorityEffect.RefuseRequest(request, $"{state.Self.Node} is being elected at a newer epoch; try again in a moment"));
        if (request.Target == state.Self.Node)
            return step.Then(new AuthorityEffect.RefuseRequest(request, $"{state.Self.Node} holds management authority already; the target must be another server"));

        var epoch = state.Holding!.Epoch;
        return step.With(state with { Holding = null, Release = new Release(epoch, request.Target, now + state.Settings.SuccessorWithin) })
            .Say(new AuthorityNotice.Released(epoch, request.Target))
            .Send(request.Target, new Transfer(state.Self, state.Voters.Id, epoch));
    }

    private static AuthorityStep TakeWorkers(AuthorityStep step, TimeSpan now, string? only = null)
    {
        var state = step.State;
        if (!state.MayAct(now))
            return step;
        state = state.NextSeq();
        var take = new WorkerRequest.Take(state.Self, state.Voters.Id, state.Seq, state.Holding!.Epoch);
        step = step.With(state);
        foreach (var worker in state.Workers)
        {
            if (!state.Holding.Taken.Contains(worker) && (only is null || worker == only))
                step = step.Send(worker, take);
        }
        return step;
    }

    // It goes on at its epoch meanwhile: a majority may still acknowledge it.
    private static AuthorityStep Outdate(AuthorityStep step, Holding holding, long newer, string node, TimeSpan now)
    {
        if (newer <= holding.Epoch || step.State.Candidacy is not null)
            return step;
        return Election.Stand(step.Say(new AuthorityNotice.Outdated(holding.Epoch, newer, node)), now);
    }

    private static Renewal? Find(Holding holding, long seq)
    {
        foreach (var renewal in holding.Renewals)
        {
            if (renewal.Seq == seq)
                return renewal;
        }
        return null;
    }

    private static Holding Acknowledge(Holding holding, Acknowledgement newer)
    {
        for (var i = 0; i < holding.Acknowledged.Length; i++)
        {
            var older = holding.Acknowledged[i];
            if (older.Voter != newer.Voter)
                continue;
            return older.Incarnation == newer.Incarnation && older.SentAt >= newer.SentAt
                ? holding
                : holding with { Acknowledged = holding.Acknowledged.SetItem(i, newer) };
        }
        return holding with { Acknowledged = holding.Acknowledged.Add(newer) };
    }
}
