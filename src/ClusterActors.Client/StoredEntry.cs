using System.Text;
using ClusterActors.Protocol.Data;

namespace ClusterActors.Client;

/// <summary>An entry that was read.</summary>
/// <param name="Value">Its value.</param>
/// <param name="Version">Which write made it.</param>
public sealed record StoredEntry(ReadOnlyMemory<byte> Value, EntryVersion Version)
{
    /// <summary>The value as text.</summary>
    public string Text => Encoding.UTF8.GetString(Value.Span);
}
