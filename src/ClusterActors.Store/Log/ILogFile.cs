namespace ClusterActors.Store.Log;

/// <summary>A file of a log. Every method throws <see cref="LogFailedException"/>, and nothing else, when the disk refuses.</summary>
internal interface ILogFile : IDisposable
{
    /// <summary>Bytes of the file.</summary>
    long Length { get; }

    /// <summary>Reads what is there from an offset on.</summary>
    /// <returns>Bytes read; less than asked for only at the end of the file.</returns>
    int Read(Span<byte> bytes, long offset);

    /// <summary>Writes all of it.</summary>
    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Returns when all that was written is on the disk.</summary>
    /// <exception cref="LogSyncException">It is not.</exception>
    void Sync();
}
