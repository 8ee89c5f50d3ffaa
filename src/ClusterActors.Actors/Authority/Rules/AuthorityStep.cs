using System.Collections.Immutable;

namespace ClusterActors.Actors.Authority.Rules;

/// <summary>What became of a decision.</summary>
/// <param name="State">The state from then on.</param>
/// <param name="Effects">What is to be done, in order.</param>
internal sealed record AuthorityStep(AuthorityState State, ImmutableArray<AuthorityEffect> Effects)
{
    /// <summary>Nothing is to be done.</summary>
    public static AuthorityStep Of(AuthorityState state) => new(state, []);

    /// <summary>And the state is another one.</summary>
    public AuthorityStep With(AuthorityState state) => new(state, Effects);

    /// <summary>And something is to be done.</summary>
    public AuthorityStep Then(AuthorityEffect effect) => new(State, Effects.Add(effect));

    /// <summary>And several things are to be done.</summary>
    public AuthorityStep Then(ImmutableArray<AuthorityEffect> effects) => effects.IsEmpty ? this : new(State, Effects.AddRange(effects));

    /// <summary>And a message goes to a node.</summary>
    public AuthorityStep Send(string to, AuthorityMessage message) => Then(new AuthorityEffect.Send(to, message));

    /// <summary>And a message goes to every voter, to this node by the same path when it is one.</summary>
    public AuthorityStep SendToVoters(AuthorityMessage message)
    {
        var effects = Effects.ToBuilder();
        foreach (var voter in State.Voters.Voters)
            effects.Add(new AuthorityEffect.Send(voter, message));
        return new AuthorityStep(State, effects.ToImmutable());
    }

    /// <summary>And a message goes to every voter but this node.</summary>
    public AuthorityStep SendToOtherVoters(AuthorityMessage message)
    {
        var step = this;
        foreach (var voter in State.Voters.Voters)
        {
            if (voter != State.Self.Node)
                step = step.Send(voter, message);
        }
        return step;
    }

    /// <summary>And something is noted.</summary>
    public AuthorityStep Say(AuthorityNotice notice) => Then(new AuthorityEffect.Say(notice));

    /// <summary>And the ballot is written; what depends on it is done when it is durable.</summary>
    public AuthorityStep Write(Ballot ballot, params ImmutableArray<AuthorityEffect> after)
    {
        var ticket = State.Ticket + 1;
        var voter = State.Voter! with { Ballot = ballot, Pending = new PendingWrite(ticket, after) };
        return With(State with { Ticket = ticket, Voter = voter }).Then(new AuthorityEffect.WriteBallot(ticket, ballot));
    }

    /// <summary>And the fence is written; what depends on it is done when it is durable.</summary>
    public AuthorityStep Write(Fence fence, params ImmutableArray<AuthorityEffect> after)
    {
        var ticket = State.Ticket + 1;
        var fencing = State.Fencing! with { Fence = fence, Pending = new PendingWrite(ticket, after) };
        return With(State with { Ticket = ticket, Fencing = fencing }).Then(new AuthorityEffect.WriteFence(ticket, fence));
    }
}
