namespace ClusterActors.Store.Log;

/// <summary>
/// What was written could not be brought to the disk. It is never tried again: the system may have dropped the very pages it could not
/// write, and a second sync would find nothing left to do and succeed.
/// </summary>
/// <param name="path">The file or directory.</param>
/// <param name="cause">What the system said.</param>
public sealed class LogSyncException(string path, Exception cause) : LogFailedException("sync", path, cause);
