using Akka.Actor;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Worker.Commands;

/// <summary>A request for a command, by one link.</summary>
/// <param name="Link">Who is to be answered.</param>
/// <param name="Request">The command.</param>
/// <param name="Manager">Address of the manager it came from.</param>
internal sealed record CommandCall(IActorRef Link, CommandRequest Request, string Manager);
