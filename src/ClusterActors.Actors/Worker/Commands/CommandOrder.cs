using System.Collections.Immutable;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Worker.Commands;

/// <summary>A command that waits or is being executed.</summary>
/// <param name="Calls">Who is to be answered: whoever sent it first, and those that sent the same again.</param>
/// <param name="Since">When it came; from the start of its execution on, when that was.</param>
internal sealed record CommandOrder(ImmutableList<CommandCall> Calls, TimeSpan Since)
{
    /// <summary>What is to be done.</summary>
    public ServerCommand Command => Calls[0].Request.Command;

    /// <summary>What it is known by.</summary>
    public CommandKey? Key => CommandKey.Of(Calls[0].Request);
}
