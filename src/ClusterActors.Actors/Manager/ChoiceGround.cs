namespace ClusterActors.Actors.Manager;

/// <summary>What decided for a worker.</summary>
internal enum ChoiceGround
{
    /// <summary>No other worker was eligible.</summary>
    OnlyOne,

    /// <summary>Its load was lower.</summary>
    Load,

    /// <summary>The loads were equal, its machine's CPU was less busy.</summary>
    Cpu,

    /// <summary>Load and CPU were equal, or the CPU is not known of both.</summary>
    Lot,

    /// <summary>It has the highest score for the key of all workers with room.</summary>
    Key,
}
