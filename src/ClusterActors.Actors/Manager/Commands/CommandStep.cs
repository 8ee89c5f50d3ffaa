using System.Collections.Immutable;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Manager.Commands;

/// <summary>What became of a decision about commands.</summary>
/// <param name="State">The state from then on.</param>
/// <param name="Effects">What is to be done, in order.</param>
internal sealed record CommandStep(ManagerState State, ImmutableList<CommandEffect> Effects)
{
    /// <summary>Nothing is to be done.</summary>
    public static CommandStep Of(ManagerState state) => new(state, []);

    /// <summary>And the command is under way on a link, with the others behind it.</summary>
    public CommandStep Send(LinkId link, OrderedCommand command, ImmutableList<OrderedCommand> waiting, TimeSpan now) => new(
        (State with { Commands = State.Commands.SetItem(link, new CommandQueue(command, now, waiting)) })
            .Note(new ManagerNotice.CommandSent(command, link)),
        Effects.Add(new CommandEffect.Send(link, command.Request)));

    /// <summary>And the command has come to its end.</summary>
    public CommandStep End(OrderedCommand command, Reply reply, TimeSpan now) => new(
        State.Note(new ManagerNotice.CommandEnded(command, reply, now - command.OrderedAt)),
        Effects.Add(new CommandEffect.Answer(command.Ticket, reply)));

    /// <summary>And what is under way on the link is no longer so: the first that waits is sent, or there is no queue any more.</summary>
    public CommandStep Next(LinkId link, ImmutableList<OrderedCommand> waiting, TimeSpan now) => waiting.IsEmpty
        ? this with { State = State with { Commands = State.Commands.Remove(link) } }
        : Send(link, waiting[0], waiting.RemoveAt(0), now);
}
