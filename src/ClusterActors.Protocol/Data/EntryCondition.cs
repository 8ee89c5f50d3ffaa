namespace ClusterActors.Protocol.Data;

/// <summary>What a write asks of the entry that is there (PROTOCOL.md section 8, parameter <c>if</c>). The default asks nothing.</summary>
public readonly record struct EntryCondition
{
    private EntryCondition(bool isAbsent, EntryVersion? version) => (IsAbsent, Version) = (isAbsent, version);

    /// <summary>Write whatever is there.</summary>
    public static EntryCondition Any => default;

    /// <summary>Write only when there is no entry: <c>if=none</c>.</summary>
    public static EntryCondition Absent => new(true, null);

    /// <summary>Whether there must be no entry.</summary>
    public bool IsAbsent { get; }

    /// <summary>The version that must be there; <see langword="null"/> when none is asked for.</summary>
    public EntryVersion? Version { get; }

    /// <summary>Whether anything will do.</summary>
    public bool IsAny => !IsAbsent && Version is null;

    /// <summary>Write only over this version: <c>if=VERSION</c>.</summary>
    public static EntryCondition Of(EntryVersion version) => new(false, version);

    /// <summary>Whether the write may be done.</summary>
    /// <param name="present">Version of the entry that is there; <see langword="null"/> when there is none, or it has expired.</param>
    public bool Holds(EntryVersion? present) => IsAny || (IsAbsent ? present is null : present == Version);
}
