using ClusterActors.Store.Files;

namespace ClusterActors.Actors.Worker.Commands;

/// <summary>
/// Where what commands changed is kept over a restart: <c>&lt;dataDirectory&gt;/&lt;node&gt;/worker-changes.json</c>. A crash at any moment
/// leaves the old file or the new one, never a part.
/// </summary>
internal sealed class WorkerChangesFile(string dataDirectory, string node)
{
    private const string Name = "worker-changes.json";

    // Far more than every port there can be takes.
    private const int MaxBytes = 64 * 1024;

    private readonly DurableFile _file = new(NodeFolder.PathOf(dataDirectory, node, Name), MaxBytes);

    /// <summary>The file.</summary>
    public string FilePath => _file.FilePath;

    /// <summary>Reads the changes; none when there is no file.</summary>
    /// <param name="limits">How far changes may go.</param>
    /// <param name="clusterPort">The node's cluster port; 0 when it is any free one.</param>
    /// <exception cref="StartupException">They cannot be read or are not valid; the message says what would be right.</exception>
    public WorkerChanges Load(WorkerLimits limits, int clusterPort)
    {
        try
        {
            if (_file.Read() is not { } bytes)
                return WorkerChanges.None;
            var (changes, problem) = WorkerChangesJson.Read(bytes, limits, clusterPort);
            return changes ?? throw Unusable(problem!);
        }
        catch (InvalidDataException failure)
        {
            throw Unusable(failure.Message);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unusable($"it cannot be read: {failure.Message}");
        }
    }

    /// <summary>Writes the changes, and returns when they are on the disk.</summary>
    /// <exception cref="IOException">They could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">They may not be written there.</exception>
    public void Save(WorkerChanges changes) => _file.Write(WorkerChangesJson.Write(changes));

    private StartupException Unusable(string problem) => new(
        $"{FilePath}, where changes by commands are kept (worker.keepChanges = on), cannot be used: {problem}. "
        + "Correct the file, or delete it to go back to the configuration.");
}
