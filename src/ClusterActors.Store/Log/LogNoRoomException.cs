namespace ClusterActors.Store.Log;

/// <summary>
/// A group needs a new file, and the disk gives none: it is full, as a rule. Nothing of the group was written, and unlike after any other
/// failure the log is as it was: the next group may be appended when there is room.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="cause">What the system said.</param>
public sealed class LogNoRoomException(string path, Exception cause) : LogFailedException("create", path, cause);
