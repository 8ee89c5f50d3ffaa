using System.Runtime.InteropServices;

namespace ClusterActors.Actors.Worker.Commands;

/// <summary>
/// Where what commands changed is kept over a restart: <c>&lt;dataDirectory&gt;/&lt;node&gt;/worker-changes.json</c>. A crash at any moment
/// leaves the old file or the new one, never a part.
/// </summary>
internal sealed partial class WorkerChangesFile(string dataDirectory, string node)
{
    private const string Name = "worker-changes.json";

    // Far more than every port there can be takes.
    private const int MaxBytes = 64 * 1024;

    private const int OpenReadOnly = 0;

    /// <summary>The file.</summary>
    public string FilePath { get; } = Path.Combine(Path.GetFullPath(dataDirectory), NodeFolder.NameOf(node), Name);

    /// <summary>Reads the changes; none when there is no file.</summary>
    /// <param name="limits">How far changes may go.</param>
    /// <param name="clusterPort">The node's cluster port; 0 when it is any free one.</param>
    /// <exception cref="StartupException">They cannot be read or are not valid; the message says what would be right.</exception>
    public WorkerChanges Load(WorkerLimits limits, int clusterPort)
    {
        try
        {
            if (!File.Exists(FilePath) && !Directory.Exists(FilePath))
                return WorkerChanges.None;
            using var file = new FileStream(FilePath, FileMode.Open, FileAccess.Read);
            if (file.Length > MaxBytes)
                throw Unusable($"it has {file.Length} bytes; allowed are {MaxBytes}");
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            var (changes, problem) = WorkerChangesJson.Read(bytes, limits, clusterPort);
            return changes ?? throw Unusable(problem!);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unusable($"it cannot be read: {failure.Message}");
        }
    }

    /// <summary>Writes the changes, and returns when they are on the disk.</summary>
    /// <exception cref="IOException">They could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">They may not be written there.</exception>
    public void Save(WorkerChanges changes)
    {
        var directory = Path.GetDirectoryName(FilePath)!;
        Directory.CreateDirectory(directory);
        var temporary = FilePath + ".tmp";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            file.Write(WorkerChangesJson.Write(changes));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, FilePath, overwrite: true);
        SyncDirectory(directory);
        SyncDirectory(Path.GetDirectoryName(directory)!);
    }

    // The new name is safe only once its directory is; Windows does that by itself and offers no such call.
    private static void SyncDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = OpenFile(path, OpenReadOnly);
        if (descriptor < 0)
            throw new IOException($"cannot open the directory {path} (error {Marshal.GetLastPInvokeError()})");
        var failed = Sync(descriptor) != 0;
        var error = Marshal.GetLastPInvokeError();
        _ = CloseFile(descriptor);
        if (failed)
            throw new IOException($"cannot write the directory {path} to its disk (error {error})");
    }

    private StartupException Unusable(string problem) => new(
        $"{FilePath}, where changes by commands are kept (worker.keepChanges = on), cannot be used: {problem}. "
        + "Correct the file, or delete it to go back to the configuration.");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseFile(int descriptor);
}
