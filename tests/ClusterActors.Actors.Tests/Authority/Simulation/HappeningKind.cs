using ClusterActors.Actors.Authority.Rules;

namespace ClusterActors.Actors.Tests.Authority.Simulation;

/// <summary>What can happen in the simulation.</summary>
internal enum HappeningKind
{
    /// <summary>The node gets an input.</summary>
    Input,

    /// <summary>The node looks at the time.</summary>
    Tick,

    /// <summary>The node does what it decided before a pause.</summary>
    Carry,

    /// <summary>It is the turn of a command that waited at a worker.</summary>
    Turn,

    /// <summary>The disk is done with a ballot.</summary>
    Ballot,

    /// <summary>The disk is done with a fence.</summary>
    Fence,

    /// <summary>The node starts.</summary>
    Restart,

    /// <summary>Something goes wrong.</summary>
    Mishap,

    /// <summary>Somebody orders commands and looks after the fleet.</summary>
    Operator,

    /// <summary>From now on nothing goes wrong.</summary>
    Quiet,

    /// <summary>A node that lapsed renews as if it had not.</summary>
    LateRenewal,
}
