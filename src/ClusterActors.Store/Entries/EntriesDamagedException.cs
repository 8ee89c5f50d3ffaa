namespace ClusterActors.Store.Entries;

/// <summary>The entries on the disk are not what was written. They are built again from the log or from a copy.</summary>
/// <param name="path">The file, or the directory when it is not known which.</param>
/// <param name="reason">What is wrong, in words.</param>
/// <param name="inner">What RocksDB said, or <see langword="null"/>.</param>
public sealed class EntriesDamagedException(string path, string reason, Exception? inner)
    : Exception($"{path} is damaged: {reason}", inner)
{
    /// <summary>The file, or the directory when it is not known which.</summary>
    public string FilePath { get; } = path;
}
