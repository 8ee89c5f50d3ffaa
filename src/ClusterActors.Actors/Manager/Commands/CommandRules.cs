using System.Globalization;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Manager.Commands;

/// <summary>Which command can go to which server (PROTOCOL.md sections 4.4 and 5).</summary>
internal static class CommandRules
{
    private const int ShownNodes = 5;

    /// <summary>Why a command cannot be sent, or null when it can.</summary>
    public static Reply? Refusal(ManagerState state, CommandRequest request, TimeSpan now)
    {
        if (request.Node is not { } node)
            return Reply.Failed(FailureCode.BadRequest, "node is missing: it must be the node id of the worker that is meant");
        if (state.Registry.Find(node) is not { } server)
            return Reply.Failed(FailureCode.UnknownNode, $"no server '{node}' is known here; {Known(state.Registry)}");
        if ((server.Role & 1) == 0)
            return Reply.Failed(FailureCode.BadRequest, $"node '{node}' is a manager only and does no business work; it must be a worker (role 1 or 3)");
        if (server.Server.Kind == PeerKind.CshBBrain && CshBBrainRefusal(request.Command) is { } reason)
            return Reply.Failed(FailureCode.UnknownAction, $"{node} is an existing CshBBrain (Java) server: {reason}; of all commands it can do add-reader-writers only");
        return server.Presence == Presence.Linked
            ? null
            : Reply.Failed(FailureCode.Unreachable, $"{node} cannot be reached: {StandingReason.Of(server, state.Settings, now)}");
    }

    private static string? CshBBrainRefusal(ServerCommand command) => command switch
    {
        ServerCommand.AddReaderWriters => null,
        ServerCommand.AddThreads => "adding worker threads drives it into an error storm",
        ServerCommand.RemoveThreads or ServerCommand.RemoveReaderWriters => "it says done to this and does nothing",
        _ => "it does not know this command and gives no answer to it",
    };

    private static string Known(ServerRegistry registry)
    {
        if (registry.Count == 0)
            return "no server has reported to this manager";
        var nodes = registry.Servers.Select(server => server.Node).Order(StringComparer.Ordinal).Take(ShownNodes);
        var more = registry.Count - ShownNodes;
        return $"known are {string.Join(", ", nodes)}" + (more > 0 ? string.Create(CultureInfo.InvariantCulture, $" and {more} more") : "");
    }
}
