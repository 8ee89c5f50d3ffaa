namespace ClusterActors.Actors;

/// <summary>
/// A node's directory below the data directory, in the hands of one process: two with one ballot could promise the same vote twice. The
/// system gives it back however the process ends.
/// </summary>
internal sealed class NodeFolderLock : IDisposable
{
    private const string Name = "lock";

    private readonly FileStream _file;

    private NodeFolderLock(FileStream file) => _file = file;

    /// <summary>Takes the directory, which is created where it is missing. Nothing is written: a node starts on a full disk too, and promises nothing there.</summary>
    /// <param name="dataDirectory">Setting <c>dataDirectory</c>.</param>
    /// <param name="node">Node id.</param>
    /// <exception cref="StartupException">It may not be written, or another process has it.</exception>
    public static NodeFolderLock Take(string dataDirectory, string node)
    {
        var path = NodeFolder.PathOf(dataDirectory, node, Name);
        var directory = Path.GetDirectoryName(path)!;
        try
        {
            Directory.CreateDirectory(directory);
            return new NodeFolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                $"{directory}, where node {node} keeps what it has promised (dataDirectory), cannot be used: {failure.Message} "
                + "It must be writable, and belong to this node alone: another node needs another id (node) or another dataDirectory.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
