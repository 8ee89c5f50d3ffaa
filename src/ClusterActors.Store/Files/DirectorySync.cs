using System.Runtime.InteropServices;

namespace ClusterActors.Store.Files;

/// <summary>Makes the names in a directory durable: a file that was created, renamed or deleted is so only once its directory is synced.</summary>
internal static partial class DirectorySync
{
    private const int OpenReadOnly = 0;

    /// <summary>Returns when the names in the directory are on the disk. Windows does that by itself and offers no such call.</summary>
    /// <exception cref="IOException">They could not be written.</exception>
    public static void Sync(string path)
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

    /// <summary>Creates a directory with those above it that are missing, and returns when their names are on the disk.</summary>
    /// <exception cref="IOException">It could not be created, or not be made durable.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be created.</exception>
    public static void Create(string path)
    {
        // The one above always: an earlier attempt may have been ended between the two.
        List<string> changed = [];
        string? directory = path;
        do
        {
            var exists = Directory.Exists(directory);
            directory = Path.GetDirectoryName(directory);
            if (directory is null || (exists && changed.Count > 0))
                break;
            changed.Add(directory);
        }
        while (true);

        Directory.CreateDirectory(path);
        foreach (var parent in changed)
            Sync(parent);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseFile(int descriptor);
}
