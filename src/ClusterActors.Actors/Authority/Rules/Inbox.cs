namespace ClusterActors.Actors.Authority.Rules;

/// <summary>Takes a message: looks at whose voters it goes by, learns from it, and gives it to the one whose it is.</summary>
internal static class Inbox
{
    /// <summary>A message came.</summary>
    public static AuthorityStep Take(AuthorityStep step, AuthorityInput.Received received, TimeSpan now)
    {
        var message = received.Message;
        if (message is VoterSetMessage.Told told)
            return ChangeOfVoters.IsNews(step.State, told) ? ChangeOfVoters.Take(step, received, told, now) : step;
        if (message.Set != step.State.Voters.Id)
            return TakeFromOtherVoters(step, message, now);

        switch (message)
        {
            case VoterRequest request:
                return VoterDesk.Receive(step.With(step.State.See(request.Epoch)), received, now);
            case IncarnationMessage:
                return VoterDesk.Receive(step, received, now);
            case VoterReply reply:
                return TakeReply(step, reply, now);
            case Transfer transfer:
                return Election.Take(step, transfer, now);
            case WorkerRequest request:
                return Fencing.Receive(step, request, now);
            case WorkerReply reply:
                return Commanding.Take(step, reply, now);
            default:
                return step;
        }
    }

    private static AuthorityStep TakeReply(AuthorityStep step, VoterReply reply, TimeSpan now)
    {
        if (reply.Run != step.State.Self.Run)
            return step;
        step = Counting.Learn(step.With(step.State.See(reply.Promised)), reply.Table, now);
        return reply.Epoch == 0 ? Fencing.Take(step, reply) : Election.Take(Commanding.Take(step, reply, now), reply, now);
    }

    // A worker obeys by the epoch alone: its fence needs no voters as long as it is not lost.
    private static AuthorityStep TakeFromOtherVoters(AuthorityStep step, AuthorityMessage message, TimeSpan now)
    {
        var own = step.State.Voters;
        var from = message.From.Node;
        if (message.Set.Version > own.Id.Version || (message.Set.Version == own.Id.Version && step.State.Voter is null && message is not VoterSetMessage))
            step = step.Send(from, new VoterSetMessage.Ask(step.State.Self, own.Id));
        else if (message.Set.Version < own.Id.Version)
            step = step.Send(from, new VoterSetMessage.Told(step.State.Self, own));
        else
            step = step.Say(new AuthorityNotice.OtherVoters(from));

        return message switch
        {
            WorkerRequest request => Fencing.Receive(step, request, now),
            WorkerReply reply => step.With(step.State.See(reply.Fence)),
            VoterRequest request when message.Set.Version == own.Id.Version && step.State.Voter is { } voter =>
                step.Send(from, Voting.Reply(step.State, voter, request, VoterRefusal.OtherVoters)),
            _ => step,
        };
    }
}
