namespace ClusterActors.Store.Files;

/// <summary>Puts a directory in its place when it is complete, so that a crash at any moment leaves all of it there or nothing.</summary>
public static class DirectoryMove
{
    /// <summary>The name under which a directory is made until it is complete. What is left there by a crash means nothing.</summary>
    public static string UnfinishedOf(string path) => path + ".new";

    /// <summary>Removes what a crash has left under that name.</summary>
    /// <exception cref="IOException">It could not be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be removed.</exception>
    public static void Discard(string path)
    {
        var unfinished = UnfinishedOf(path);
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
    }

    /// <summary>Moves a directory that is complete and on the disk to its place, where nothing is or an empty directory, and returns when that is on the disk.</summary>
    /// <param name="path">Its place; it stands at <see cref="UnfinishedOf"/> that.</param>
    /// <exception cref="IOException">It could not be moved, or there is something in its place.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be moved.</exception>
    public static void Finish(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path);
        Directory.Move(UnfinishedOf(path), path);
        DirectorySync.Sync(Path.GetDirectoryName(path)!);
    }
}
