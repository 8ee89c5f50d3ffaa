using ClusterActors.Protocol.Messages;

namespace ClusterActors.Client;

/// <summary>A command that a worker has executed (PROTOCOL.md section 4.4).</summary>
public sealed record CommandOutcome
{
    /// <summary>Node id of the worker.</summary>
    public required string Node { get; init; }

    /// <summary>What it was told to do.</summary>
    public required ServerCommand Command { get; init; }

    /// <summary>The name of the command: the same again asks for this outcome and executes nothing.</summary>
    public required string Seq { get; init; }

    /// <summary>The manager that passed it on.</summary>
    public required ServerAddress Manager { get; init; }

    /// <summary>
    /// The old value: a number of threads or of reader-writers, open business ports separated by commas, 0 or 1 for drain;
    /// <see langword="null"/> from an existing CshBBrain server.
    /// </summary>
    public string? Before { get; init; }

    /// <summary>The new value, like <see cref="Before"/>.</summary>
    public string? After { get; init; }

    /// <summary>How long it took at the worker; <see langword="null"/> when it does not say.</summary>
    public TimeSpan? Took { get; init; }

    /// <summary>For drain: clients that are connected.</summary>
    public int? Clients { get; init; }

    /// <summary>Removed threads that still finish what they have; 0 when there are none.</summary>
    public int Finishing { get; init; }

    /// <summary>False when the change was made but could not be written to disk, so that a restart forgets it.</summary>
    public bool IsKept { get; init; } = true;
}
