using System.Collections.Immutable;

namespace ClusterActors.Actors.Manager.Commands;

/// <summary>The commands for the worker of one link: one under way, others behind it. There is no queue without one under way.</summary>
/// <param name="UnderWay">Sent and not answered.</param>
/// <param name="SentAt">When it was sent, on the manager's clock.</param>
/// <param name="Waiting">Not sent yet, in the order they came.</param>
internal sealed record CommandQueue(OrderedCommand UnderWay, TimeSpan SentAt, ImmutableList<OrderedCommand> Waiting)
{
    /// <summary>When the next of them has taken too long.</summary>
    public TimeSpan DueAt(TimeSpan timeout) =>
        timeout + (Waiting.IsEmpty || SentAt < Waiting[0].OrderedAt ? SentAt : Waiting[0].OrderedAt);
}
