namespace ClusterActors.Protocol.Data;

/// <summary>Bytes that may be there, even empty ones, or not.</summary>
internal readonly ref struct OptionalBytes(ReadOnlySpan<byte> bytes)
{
    public bool IsGiven { get; } = true;

    public ReadOnlySpan<byte> Bytes { get; } = bytes;
}
