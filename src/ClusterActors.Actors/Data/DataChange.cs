using ClusterActors.Protocol.Data;

namespace ClusterActors.Actors.Data;

/// <summary>A committed change of one entry, valid only while it is being told.</summary>
/// <param name="kind">What happened to the entry.</param>
/// <param name="key">Its key.</param>
/// <param name="value">Its new value; empty when there is none any more.</param>
/// <param name="version">Version of the change.</param>
public readonly ref struct DataChange(DataChangeKind kind, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, EntryVersion version)
{
    /// <summary>What happened to the entry.</summary>
    public DataChangeKind Kind { get; } = kind;

    /// <summary>Its key.</summary>
    public ReadOnlySpan<byte> Key { get; } = key;

    /// <summary>Its new value; empty when there is none any more.</summary>
    public ReadOnlySpan<byte> Value { get; } = value;

    /// <summary>Version of the change.</summary>
    public EntryVersion Version { get; } = version;
}
