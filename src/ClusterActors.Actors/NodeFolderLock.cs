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

    /// <summary>Takes the directory, which is created where it is missing, and makes sure that it can be written.</summary>
    /// <param name="dataDirectory">Setting <c>dataDirectory</c>.</param>
    /// <param name="node">Node id.</param>
    /// <exception cref="StartupException">It cannot be written, or another process has it.</exception>
    public static NodeFolderLock Take(string dataDirectory, string node)
    {
        var path = NodeFolder.PathOf(dataDirectory, node, Name);
        var directory = Path.GetDirectoryName(path)!;
        try
        {
            Directory.CreateDirectory(directory);
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            try
            {
                file.SetLength(0);
                file.Write("taken\n"u8);
                file.Flush(flushToDisk: true);
                return new NodeFolderLock(file);
            }
            catch
            {
                file.Dispose();
                throw;
            }
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
