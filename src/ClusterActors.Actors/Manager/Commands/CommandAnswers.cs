using System.Globalization;
using ClusterActors.Protocol.Messages;
using static ClusterActors.Actors.Manager.ManagerEvents;

namespace ClusterActors.Actors.Manager.Commands;

/// <summary>Brings commands to their end: by the worker's reply, by the end of its link, or by the passing of time.</summary>
internal static class CommandAnswers
{
    // A message has at most 64 parameters (PROTOCOL.md section 3), and node is added.
    private const int MostValues = 58;

    /// <summary>A reply came. Only the one to the command that is under way counts; a worker may answer one that was given up.</summary>
    public static CommandStep Take(ManagerState state, CommandAnswered answered, TimeSpan now)
    {
        var (link, reply) = answered;
        if (!state.Commands.TryGetValue(link, out var queue) || (queue.UnderWay.Request.Seq is { } seq && seq != reply.Seq))
            return CommandStep.Of(state.Note(new ManagerNotice.ReplyDropped(link, reply.Seq)));
        var command = queue.UnderWay;
        return CommandStep.Of(Adopt(state, link, command, reply, now))
            .End(command, Named(reply, command.Node), now)
            .Next(link, queue.Waiting, now);
    }

    /// <summary>A link is closed: nothing that went to it, or was to go to it, is answered by it.</summary>
    public static CommandStep Lose(ManagerState state, LinkClosed closed, TimeSpan now)
    {
        if (!state.Commands.TryGetValue(closed.Link, out var queue))
            return CommandStep.Of(state);
        var step = CommandStep.Of(state with { Commands = state.Commands.Remove(closed.Link) }).End(
            queue.UnderWay,
            Reply.Failed(FailureCode.Unreachable, $"the link of {queue.UnderWay.Node} was lost before it answered ({closed.Reason}); {MayBeDone(queue.UnderWay)}"),
            now);
        foreach (var command in queue.Waiting)
            step = step.End(command, Reply.Failed(FailureCode.Unreachable, $"the link of {command.Node} was lost ({closed.Reason}); the command was not sent"), now);
        return step;
    }

    /// <summary>Ends what takes too long: a command waits and is under way for <see cref="ManagerSettings.CommandTimeout"/> each.</summary>
    public static CommandStep Expire(ManagerState state, TimeSpan now)
    {
        var step = CommandStep.Of(state);
        foreach (var (link, queue) in state.Commands)
        {
            if (queue.DueAt(state.Settings.CommandTimeout) <= now)
                step = Expire(step, link, queue, now);
        }

        return step;
    }

    /// <summary>When <see cref="Expire(ManagerState, TimeSpan)"/> will find something next, on the manager's clock.</summary>
    public static TimeSpan? NextDue(ManagerState state) => state.Commands.IsEmpty
        ? null
        : state.Commands.Values.Min(queue => queue.DueAt(state.Settings.CommandTimeout));

    private static CommandStep Expire(CommandStep step, LinkId link, CommandQueue queue, TimeSpan now)
    {
        var timeout = step.State.Settings.CommandTimeout;
        var limit = string.Create(CultureInfo.InvariantCulture, $"{timeout.TotalSeconds:0.###} s");
        var waiting = queue.Waiting;
        while (!waiting.IsEmpty && waiting[0].OrderedAt + timeout <= now)
        {
            step = step.End(
                waiting[0],
                Reply.Failed(FailureCode.Timeout, $"the command waited {limit} behind others for {waiting[0].Node} and was not sent"),
                now);
            waiting = waiting.RemoveAt(0);
        }

        if (queue.SentAt + timeout > now)
            return step with { State = step.State with { Commands = step.State.Commands.SetItem(link, queue with { Waiting = waiting }) } };
        var command = queue.UnderWay;
        return step
            .End(command, Reply.Failed(FailureCode.Timeout, $"{command.Node} did not answer within {limit}; {MayBeDone(command)}"), now)
            .Next(link, waiting, now);
    }

    /// <summary>A drain holds from its answer on, not only from the next report.</summary>
    private static ManagerState Adopt(ManagerState state, LinkId link, OrderedCommand command, Reply reply, TimeSpan now)
    {
        if (!reply.IsDone
            || command.Request.Command is not ServerCommand.Drain(var on)
            || state.Registry.Find(command.Node) is not { Presence: Presence.Linked } server
            || server.Server.Link != link)
            return state;
        var clients = int.TryParse(reply.Find("clients"), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : server.Report.ClientCount;
        return state.Put(server with { Report = server.Report with { Draining = on, ClientCount = clients } }, now);
    }

    private static Reply Named(Reply reply, string node) => reply with
    {
        Seq = null,
        Values = [.. reply.Values.Where(value => value.Name != "node").Take(MostValues), new Parameter("node", node)],
    };

    private static string MayBeDone(OrderedCommand command) => command.Request.Seq is { } seq
        ? $"the command may still be executed: the same again with seq {seq} asks for its outcome"
        : "the command may still be executed";
}
