namespace ClusterActors.Store.Log;

/// <summary>
/// The disk refused something: it is full, broken, or may not be used. A log that could not be changed is read-only from then on and
/// throws this again at every further change; what it says about itself holds, and after a restart it is what is found on the disk.
/// </summary>
public class LogFailedException : IOException
{
    /// <param name="operation">What failed, as a verb: <c>write</c>, <c>create</c>, ...</param>
    /// <param name="path">The file or directory.</param>
    /// <param name="cause">What the system said.</param>
    public LogFailedException(string operation, string path, Exception cause)
        : base($"cannot {operation} {path}: {cause?.Message}", cause)
    {
        Operation = operation;
        FilePath = path;
    }

    /// <summary>What failed, as a verb.</summary>
    public string Operation { get; }

    /// <summary>The file or directory.</summary>
    public string FilePath { get; }
}
