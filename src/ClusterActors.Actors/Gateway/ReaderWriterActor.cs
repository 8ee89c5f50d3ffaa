using Akka.Actor;
using ClusterActors.Actors.Worker;
using ClusterActors.Actors.Worker.Commands;
using ClusterActors.Protocol.Messages;
using ClusterActors.Transport.Loops;

namespace ClusterActors.Actors.Gateway;

/// <summary>Has the loops of the node resized, for commands 4 and 5: what is "two more" there is an absolute number here.</summary>
internal sealed class ReaderWriterActor : UntypedActor
{
    // Only a reader-writer that is held up for long lets them pile up.
    private const int MostOrders = 16;

    private readonly record struct Order(long Run, IActorRef Asker);

    private readonly IActorRef _io;
    private readonly Func<int> _count;
    private readonly ResizeRule _rule;
    private readonly Queue<Order> _orders = new();
    private int _last;

    public ReaderWriterActor(IActorRef io, Func<int> count, ResizeRule rule)
    {
        _io = io;
        _count = count;
        _rule = rule;
    }

    /// <param name="io">The actor that owns the loops; it takes <see cref="IoActor.Resize"/> and answers in the same order.</param>
    /// <param name="count">Tells how many there are.</param>
    /// <param name="rule">How many there may be.</param>
    public static Props Props(IActorRef io, Func<int> count, ResizeRule rule) =>
        Akka.Actor.Props.Create(() => new ReaderWriterActor(io, count, rule));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case WorkerCommands.Execute { Command: ServerCommand.AddReaderWriters(var count) } execute:
                Resize(execute.Run, count);
                break;
            case WorkerCommands.Execute { Command: ServerCommand.RemoveReaderWriters(var count) } execute:
                Resize(execute.Run, -(long)count);
                break;
            case IoActor.Resized resized when _orders.TryDequeue(out var order):
                order.Asker.Tell(new WorkerEvents.Executed(order.Run, Done(resized.Before, resized.After)));
                break;
            case IoActor.ResizeFailed failed when _orders.TryDequeue(out var order):
                order.Asker.Tell(new WorkerEvents.Executed(order.Run, new CommandOutcome.Refused(FailureCode.Internal, failed.Reason)));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private static CommandOutcome.Done Done(int before, int after) => new($"{before}", $"{after}") { Change = new WorkerChanges(ReaderWriters: after) };

    private void Resize(long run, long change)
    {
        // One that is still being made counts as made: the next comes on top of it.
        var present = _orders.Count > 0 ? _last : _count();
        if (_rule.WhyNot(present, change) is { } refused)
        {
            Sender.Tell(new WorkerEvents.Executed(run, refused));
            return;
        }

        if (_orders.Count == MostOrders)
        {
            const string Why = "earlier changes of reader-writers are not done yet: one of them is held up, such as by business code that says that it never blocks";
            Sender.Tell(new WorkerEvents.Executed(run, new CommandOutcome.Refused(FailureCode.NoCapacity, Why)));
            return;
        }

        _last = (int)(present + change);
        _orders.Enqueue(new Order(run, Sender));
        _io.Tell(new IoActor.Resize(_last));
    }
}
