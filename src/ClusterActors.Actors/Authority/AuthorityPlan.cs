using Akka.Actor;
using ClusterActors.Actors.Authority.Files;

namespace ClusterActors.Actors.Authority;

/// <summary>What the authority of a node is made of.</summary>
internal sealed record AuthorityPlan
{
    /// <summary>Node id.</summary>
    public required string Node { get; init; }

    /// <summary>The configured lease.</summary>
    public required TimeSpan Lease { get; init; }

    /// <summary>Whether this node is a worker, and so has a fence.</summary>
    public required bool IsWorker { get; init; }

    /// <summary>The manager of this node, or the way to become one.</summary>
    public required ManagerDuty Manager { get; init; }

    /// <summary>Executes the commands that the fence lets in; null when this node is no worker.</summary>
    public IActorRef? Commands { get; init; }

    /// <summary>Where the newest state is made known.</summary>
    public required AuthorityGate Gate { get; init; }

    /// <summary>The ballot.</summary>
    public required BallotFile Ballots { get; init; }

    /// <summary>The fence.</summary>
    public required FenceFile Fences { get; init; }

    /// <summary>Draws run ids and delays; safe to share.</summary>
    public required Random Random { get; init; }
}
