using ClusterActors.Protocol.Data;

namespace ClusterActors.Actors.Data;

/// <summary>What became of a write.</summary>
public readonly record struct DataOutcome
{
    private DataOutcome(DataResult result, EntryVersion? version, AckLevel acks, DataRefusal? refusal) =>
        (Result, Version, Acks, Refusal) = (result, version, acks, refusal);

    /// <summary>There was nothing to remove.</summary>
    public static DataOutcome NotFound => new(DataResult.NotFound, null, default, null);

    /// <summary>Which of the four it is.</summary>
    public DataResult Result { get; }

    /// <summary>Version of the write; in a conflict the version that is there, <see langword="null"/> when there is no entry.</summary>
    public EntryVersion? Version { get; }

    /// <summary>Where the write is durable, once it is written.</summary>
    public AckLevel Acks { get; }

    /// <summary>Why it was refused.</summary>
    public DataRefusal? Refusal { get; }

    /// <summary>The write is committed.</summary>
    /// <param name="version">Its version.</param>
    /// <param name="acks">The level that was really given.</param>
    public static DataOutcome Written(EntryVersion version, AckLevel acks) => new(DataResult.Written, version, acks, null);

    /// <summary>The condition did not hold.</summary>
    /// <param name="present">What is there; <see langword="null"/> when there is no entry.</param>
    public static DataOutcome Conflict(EntryVersion? present) => new(DataResult.Conflict, present, default, null);

    /// <summary>The write was not done, or it is not known whether it was.</summary>
    public static DataOutcome Refused(DataRefusal refusal) => new(DataResult.Refused, null, default, refusal);
}
