namespace ClusterActors.Protocol.Data;

/// <summary>Parameter <c>seq</c> of a request, which its reply carries too (PROTOCOL.md section 3). The default is a request without one.</summary>
public readonly ref struct DataMark
{
    /// <summary>A mark, decoded; it may be empty.</summary>
    public DataMark(ReadOnlySpan<byte> seq)
    {
        Seq = seq;
        IsGiven = true;
    }

    /// <summary>Whether the request carries one.</summary>
    public bool IsGiven { get; }

    /// <summary>UTF-8 of at most 32 characters.</summary>
    public ReadOnlySpan<byte> Seq { get; }

    /// <summary>A copy that was kept.</summary>
    public static DataMark Of(byte[]? kept) => kept is null ? default : new DataMark(kept);

    /// <summary>A copy to keep; <see langword="null"/> when there is none.</summary>
    public byte[]? Keep() => IsGiven ? Seq.ToArray() : null;
}
