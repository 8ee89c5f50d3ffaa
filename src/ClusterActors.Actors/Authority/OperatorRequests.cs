using System.Globalization;
using Akka.Actor;
using Akka.Event;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Authority;

/// <summary>
/// What operators asked of authority and is not answered yet: one handover and one takeover at a time; another one is refused meanwhile.
/// Used by one actor alone.
/// </summary>
/// <param name="log">For the audit trail.</param>
/// <param name="give">Gives an input to the decisions.</param>
/// <param name="prepare">Has a server that is no manager become one.</param>
internal sealed class OperatorRequests(ILoggingAdapter log, Action<AuthorityInput> give, Action<string> prepare)
{
    private sealed record TakeOver(IActorRef Asker, TimeSpan Since);

    /// <summary>Something that a voter writes down: its outcome, given the newest state and the time, or null as long as there is none.</summary>
    private sealed record Deed(IActorRef Asker, TimeSpan Until, Func<AuthoritySnapshot, TimeSpan, Reply?> Outcome);

    // Less than a link waits for an answer; a voter may have to be silent for longer than that.
    private static readonly TimeSpan DeedLimit = TimeSpan.FromSeconds(10);

    private (IActorRef Asker, Handover Handover)? _handover;
    private TakeOver? _takeOver;
    private Deed? _deed;
    private string? _refusal;

    /// <summary>When time alone changes something.</summary>
    public TimeSpan? DueAt => _deed is { } deed && !(_handover?.Handover.Until < deed.Until) ? deed.Until : _handover?.Handover.Until;

    /// <summary>An operator asks.</summary>
    public void Take(object request, IActorRef asker, AuthoritySnapshot newest, AuthorityGate gate)
    {
        switch (request)
        {
            case AuthorityQueries.Move move:
                Audit($"authority moves to {move.Request.Node}", move.Request.By, move.From);
                Take(move.Request.Node ?? "", asker, newest, gate);
                break;
            case AuthorityQueries.Force force:
                Audit($"authority is forced, voters {string.Join(", ", force.Request.Voters)}", force.Request.By, force.From);
                Take(force.Request, asker, newest, gate.Now);
                break;
            case AuthorityQueries.Readmit readmit:
                Audit("readmit this voter", readmit.Request.By, readmit.From);
                Readmit(asker, newest, gate.Now);
                break;
        }
    }

    /// <summary>The decisions refuse what was given: a handover or a takeover at once, what is for the voter when its turn comes.</summary>
    public void Refused(AuthorityEffect.RefuseRequest refused)
    {
        if (refused.Request is AuthorityInput.HandOver or AuthorityInput.TakeOver)
        {
            _refusal = refused.Reason;
        }
        else if (_deed is { } deed)
        {
            _deed = null;
            Answer(deed.Asker, Reply.Failed(FailureCode.BadRequest, refused.Reason));
        }
    }

    /// <summary>Something happened that may be the outcome of a request.</summary>
    public void Heard(AuthorityNotice notice, AuthoritySnapshot newest, TimeSpan now)
    {
        if (_takeOver is { } takeOver && notice is AuthorityNotice.Holds or AuthorityNotice.GaveUp)
        {
            _takeOver = null;
            Answer(takeOver!.Asker, notice is AuthorityNotice.Holds holds
                ? Handover.Done(newest.Node, newest.State.Self.Node, holds.Epoch, now - takeOver.Since)
                : NotElected(newest, now));
        }

        if (_deed is { } deed && notice is AuthorityNotice.BallotNotWritten)
        {
            _deed = null;
            Answer(deed.Asker, Reply.Failed(FailureCode.Internal, "the ballot cannot be written to disk; nothing has changed"));
        }
    }

    /// <summary>Brings to an end what has its outcome, and the next step to what has not.</summary>
    public void Settle(AuthoritySnapshot newest, TimeSpan now)
    {
        if (_deed is { } deed && Outcome(deed, newest, now) is { } done)
        {
            _deed = null;
            Answer(deed.Asker, done);
        }

        // Its election may also end without a word, when the voters change.
        if (_takeOver is { } takeOver && newest.State is { Candidacy: null, Holding: null })
        {
            _takeOver = null;
            Answer(takeOver.Asker, NotElected(newest, now));
        }

        if (_handover is not { } open)
            return;
        var handover = open.Handover;
        if (handover.IsReady(newest.Servers.GetValueOrDefault(handover.Target), now))
            Release(open.Asker, handover, newest.State, now);
        else if (handover.Outcome(newest, now) is { } reply)
            End(reply);
    }

    private void Take(string node, IActorRef asker, AuthoritySnapshot newest, AuthorityGate gate)
    {
        var (state, now) = (newest.State, gate.Now);
        if (!state.MayAct(now))
        {
            if (node == newest.Node && !IsHeld(state, now))
                StandNow(asker, newest, now);
            else
                Answer(asker, AuthorityReplies.NotAuthority(gate));
        }
        else if (node == newest.Node)
        {
            Answer(asker, Handover.Done(node, state.Self.Node, state.Holding!.Epoch, TimeSpan.Zero));
        }
        else if (_handover is { } open)
        {
            Answer(asker, Reply.Failed(FailureCode.Internal, $"authority is being handed over to {open.Handover.Node} already; wait for its outcome"));
        }
        else if (Find(node, newest) is { } target)
        {
            Begin(asker, node, target, state, now);
        }
        else
        {
            Answer(asker, Reply.Failed(FailureCode.UnknownNode, Unknown(node, newest)));
        }
    }

    // The voters that manage have every worker's reports already.
    private void Begin(IActorRef asker, string node, KnownServer target, AuthorityState state, TimeSpan now)
    {
        var name = target.Standing.Address;
        var isKnown = target.IsManager && state.Voters.Voters.Contains(name);
        _handover = (asker, new Handover(node, name, now, now + Handover.PreparationLimit, isKnown ? 0 : state.Workers.Count));
        if (!isKnown)
            prepare(name);
    }

    private static Reply? Outcome(Deed deed, AuthoritySnapshot newest, TimeSpan now)
    {
        if (newest.State.Voter?.Pending is null && deed.Outcome(newest, now) is { } done)
            return done;
        return now < deed.Until ? null : Reply.Failed(FailureCode.Timeout, "the ballot is not written yet; look at the voters (status) before you ask again");
    }

    // The release is given to the decisions: they may refuse it still.
    private void Release(IActorRef asker, Handover handover, AuthorityState state, TimeSpan now)
    {
        if (state.Holding is not { } holding)
        {
            End(Reply.Failed(FailureCode.Internal, $"this server lost management authority before it could hand it over to {handover.Node}"));
            return;
        }

        _handover = (asker, handover.Release(holding.Epoch, state.Settings, now));
        _refusal = null;
        give(new AuthorityInput.HandOver(handover.Target));
        if (_refusal is { } reason)
            End(Reply.Failed(FailureCode.Internal, reason));
    }

    private void StandNow(IActorRef asker, AuthoritySnapshot newest, TimeSpan now)
    {
        if (_takeOver is not null)
        {
            Answer(asker, Reply.Failed(FailureCode.Internal, $"{newest.Node} is taking over already; wait for its outcome"));
            return;
        }

        _refusal = null;
        give(AuthorityInput.TakeOver.Instance);
        if (_refusal is { } reason)
            Answer(asker, Reply.Failed(FailureCode.Internal, reason));
        else
            _takeOver = new TakeOver(asker, now);
    }

    private void Take(ForceAuthorityRequest request, IActorRef asker, AuthoritySnapshot newest, TimeSpan now)
    {
        var before = newest.State.Voters.Id;
        Do(new AuthorityInput.Force([.. request.Voters]), asker, now, (after, _) => after.State.Voters.Id == before
            ? null
            : Reply.Done(
                new Parameter("node", newest.Node),
                new Parameter("voters", string.Join(',', after.State.Voters.Voters)),
                new Parameter("epoch", after.State.Voter!.Ballot.Promised.ToString(CultureInfo.InvariantCulture)),
                new Parameter("silent", Milliseconds(after.State.Voter.Ballot.LongestLease))));
    }

    private void Readmit(IActorRef asker, AuthoritySnapshot newest, TimeSpan since) => Do(
        AuthorityInput.Readmit.Instance, asker, since, (after, now) => after.State.Voter switch
        {
            { Ballot: { Admitted: true } ballot } => Reply.Done(
                new Parameter("node", newest.Node),
                new Parameter("epoch", ballot.Promised.ToString(CultureInfo.InvariantCulture)),
                new Parameter("took", Milliseconds(now - since))),
            { Readmission.AdmittedAt: { } at } when now - since >= DeedLimit => Reply.Failed(
                FailureCode.Timeout, $"the other voters have told {newest.Node} what they know; it votes in {Milliseconds(at - now)} ms"),
            _ when now - since >= DeedLimit => Reply.Failed(
                FailureCode.Timeout, $"{newest.Node} goes on asking, and is readmitted once a majority of the voters, made of others, has answered: {NoHolder.Why(after, now)}"),
            _ => null,
        });

    private void Do(AuthorityInput input, IActorRef asker, TimeSpan now, Func<AuthoritySnapshot, TimeSpan, Reply?> outcome)
    {
        if (_deed is not null)
        {
            Answer(asker, Reply.Failed(FailureCode.Internal, "another request to this voter is under way; wait for its outcome"));
            return;
        }

        _deed = new Deed(asker, now + DeedLimit, outcome);
        give(input);
    }

    private void End(Reply reply)
    {
        var asker = _handover!.Value.Asker;
        _handover = null;
        Answer(asker, reply);
    }

    private void Answer(IActorRef asker, Reply reply)
    {
        log.Info("audit: a request about authority is {Outcome}", reply.IsDone ? "done" : $"not done, {reply.Code}: {reply.Msg}");
        asker.Tell(new AuthorityQueries.Answer(reply));
    }

    private void Audit(string what, string? by, string from) =>
        log.Info("audit: {Request} by {By} from {From}", what, by ?? "anonymous", from);

    /// <summary>Whether a holder was heard of so lately that it must be asked first.</summary>
    private static bool IsHeld(AuthorityState state, TimeSpan now) =>
        state.Holder is { } holder && holder.Node != state.Self.Node && now - holder.HeardAt < state.Settings.Validity;

    private static KnownServer? Find(string node, AuthoritySnapshot newest) =>
        newest.Servers.Values.FirstOrDefault(server => server.IsLinked && server.Standing.Node == node);

    private static string Unknown(string node, AuthoritySnapshot newest)
    {
        const int shown = 5;
        var known = newest.Servers.Values.Where(server => server.IsLinked).Select(server => server.Standing.Node).Order(StringComparer.Ordinal).ToArray();
        var list = known.Length == 0 ? "no other server is linked" : $"linked are {string.Join(", ", known.Take(shown))}";
        return $"no server '{node}' that could hold authority is linked to this one; {list}" + (known.Length > shown ? $" and {known.Length - shown} more" : "");
    }

    private static Reply NotElected(AuthoritySnapshot newest, TimeSpan now) =>
        Reply.Failed(FailureCode.NotAuthority, $"{newest.Node} was not elected: {NoHolder.Why(newest, now)}");

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
}
