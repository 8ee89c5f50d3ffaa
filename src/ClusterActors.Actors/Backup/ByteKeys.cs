using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;

namespace ClusterActors.Actors.Backup;

/// <summary>Compares keys by their bytes.</summary>
internal sealed class ByteKeys : IEqualityComparer<ReadOnlyMemory<byte>>
{
    private ByteKeys()
    {
    }

    /// <summary>The only one.</summary>
    public static ByteKeys Instance { get; } = new();

    /// <inheritdoc/>
    public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

    /// <inheritdoc/>
    public int GetHashCode([DisallowNull] ReadOnlyMemory<byte> obj) => (int)XxHash3.HashToUInt64(obj.Span);
}
