using System.Runtime.InteropServices;

namespace ClusterActors.Actors;

/// <summary>
/// A small file that is always replaced as a whole: a crash at any moment leaves the old one or the new one, never a part. One writer
/// at a time; every method blocks on the disk.
/// </summary>
/// <param name="path">The file, absolute, in a directory of its node below the data directory.</param>
/// <param name="maxBytes">The longest one that is read.</param>
internal sealed partial class DurableFile(string path, int maxBytes)
{
    private const int OpenReadOnly = 0;

    private readonly string _directory = Path.GetDirectoryName(path)!;

    /// <summary>The file.</summary>
    public string FilePath { get; } = path;

    /// <summary>Reads it; <see langword="null"/> when there is none.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a directory.</exception>
    /// <exception cref="InvalidDataException">It is too long; the message says how long it may be.</exception>
    public byte[]? Read()
    {
        if (!File.Exists(FilePath) && !Directory.Exists(FilePath))
            return null;
        using var file = new FileStream(FilePath, FileMode.Open, FileAccess.Read);
        if (file.Length > maxBytes)
            throw new InvalidDataException($"it has {file.Length} bytes; allowed are {maxBytes}");
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Makes sure that the file that is there now is there after a power cut: whoever put it there may have been ended too early.</summary>
    /// <exception cref="IOException">Its directory could not be written to the disk.</exception>
    public void Settle()
    {
        if (File.Exists(FilePath))
            SyncDirectory(_directory);
    }

    /// <summary>Replaces it, and returns when the new one is on the disk.</summary>
    /// <exception cref="IOException">It could not be written. What <see cref="Read"/> gives after <see cref="Settle"/> holds.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written there.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        var created = CreateDirectory();
        var temporary = FilePath + ".tmp";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, FilePath, overwrite: true);
        SyncDirectory(_directory);
        foreach (var parent in created)
            SyncDirectory(parent);
    }

    /// <summary>Moves it out of the way, to the first free <c>.damaged-1</c>, <c>.damaged-2</c>, ... beside it.</summary>
    /// <returns>Where it is now.</returns>
    /// <exception cref="IOException">It could not be moved, or there is none.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be moved.</exception>
    public string SetAside()
    {
        var number = 1;
        while (Path.Exists($"{FilePath}.damaged-{number}"))
            number++;
        var aside = $"{FilePath}.damaged-{number}";
        File.Move(FilePath, aside);
        SyncDirectory(_directory);
        return aside;
    }

    /// <summary>Creates its directory, with those above it that are missing.</summary>
    /// <returns>The directories that got a new name: the one above, which an earlier attempt may have left behind unsafe, and more.</returns>
    private List<string> CreateDirectory()
    {
        List<string> changed = [];
        string? directory = _directory;
        do
        {
            var exists = Directory.Exists(directory);
            directory = Path.GetDirectoryName(directory);
            if (directory is null || (exists && changed.Count > 0))
                break;
            changed.Add(directory);
        }
        while (true);

        Directory.CreateDirectory(_directory);
        return changed;
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

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseFile(int descriptor);
}
