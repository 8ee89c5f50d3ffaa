using System.Globalization;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Manager.Commands;

/// <summary>Takes a command of an operator: refuses it, sends it, or lets it wait behind another one (PROTOCOL.md section 4.4).</summary>
internal static class CommandOrders
{
    /// <summary>Who orders a command when he does not say.</summary>
    public const string Anonymous = "anonymous";

    /// <summary>Decides about one order.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="order">What is ordered, and from where.</param>
    /// <param name="ticket">Tells who waits for the answer; never used twice.</param>
    /// <param name="now">On the manager's clock.</param>
    /// <param name="newSeq">Makes the seq of a command that has none.</param>
    public static CommandStep Take(ManagerState state, ManagerQueries.Command order, long ticket, TimeSpan now, Func<string> newSeq)
    {
        var request = order.Request;
        var command = new OrderedCommand(ticket, request.Node ?? "", request, request.By ?? Anonymous, order.From, now);
        if (CommandRules.Refusal(state, request, now) is { } refusal)
            return CommandStep.Of(state).End(command, refusal, now);

        var server = state.Registry.Find(command.Node)!.Server;
        command = command with { Request = ToWorker(request, server.Kind, order.From, newSeq) };
        if (!state.Commands.TryGetValue(server.Link, out var queue))
            return CommandStep.Of(state).Send(server.Link, command, [], now);
        if (queue.Waiting.Count >= ManagerSettings.MaxWaitingCommands)
            return CommandStep.Of(state).End(command, Full(command.Node), now);
        queue = queue with { Waiting = queue.Waiting.Add(command) };
        return CommandStep.Of(state with { Commands = state.Commands.SetItem(server.Link, queue) });
    }

    /// <summary>Refuses an order that this manager may not take.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="order">What is ordered, and from where.</param>
    /// <param name="ticket">Tells who waits for the answer; never used twice.</param>
    /// <param name="refusal">The answer.</param>
    /// <param name="now">On the manager's clock.</param>
    public static CommandStep Refuse(ManagerState state, ManagerQueries.Command order, long ticket, Reply refusal, TimeSpan now)
    {
        var request = order.Request;
        return CommandStep.Of(state).End(new OrderedCommand(ticket, request.Node ?? "", request, request.By ?? Anonymous, order.From, now), refusal, now);
    }

    private static CommandRequest ToWorker(CommandRequest request, PeerKind kind, string from, Func<string> newSeq) =>
        kind == PeerKind.CshBBrain
            ? new CommandRequest(request.Command)
            : request with
            {
                Node = null,
                By = CommandOrigin.Of(request.By ?? Anonymous, from),
                Seq = string.IsNullOrEmpty(request.Seq) ? newSeq() : request.Seq,
            };

    private static Reply Full(string node) => Reply.Failed(FailureCode.NoCapacity, string.Create(
        CultureInfo.InvariantCulture, $"{ManagerSettings.MaxWaitingCommands} commands wait for {node} already; it was not sent, try again later"));
}
