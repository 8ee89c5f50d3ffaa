using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Manager.Commands;

/// <summary>A command that an operator ordered and that is not answered yet.</summary>
/// <param name="Ticket">Tells who waits for the answer.</param>
/// <param name="Node">The worker that is meant.</param>
/// <param name="Request">What goes to the worker.</param>
/// <param name="By">Who ordered it, in his own words.</param>
/// <param name="From">Address that the order came from.</param>
/// <param name="OrderedAt">When it came, on the manager's clock.</param>
internal sealed record OrderedCommand(long Ticket, string Node, CommandRequest Request, string By, string From, TimeSpan OrderedAt);
