namespace ClusterActors.Store.Entries;

/// <summary>The disk refused: it is full, broken, in use by another process, or may not be used.</summary>
/// <param name="operation">What failed, as a verb.</param>
/// <param name="directory">The directory of the entries.</param>
/// <param name="inner">What was said.</param>
public sealed class EntriesFailedException(string operation, string directory, Exception inner)
    : IOException($"cannot {operation} the entries in {directory}: {inner?.Message}", inner)
{
    /// <summary>What failed, as a verb.</summary>
    public string Operation { get; } = operation;

    /// <summary>The directory of the entries.</summary>
    public string DirectoryPath { get; } = directory;
}
