namespace ClusterActors.Store.Files;

/// <summary>
/// A small file that is always replaced as a whole: a crash at any moment leaves the old one or the new one, never a part. One writer
/// at a time; every method blocks on the disk.
/// </summary>
/// <param name="path">The file, absolute. Its directory is created with the first write.</param>
/// <param name="maxBytes">The longest one that is read.</param>
public sealed class DurableFile(string path, int maxBytes)
{
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
            DirectorySync.Sync(_directory);
    }

    /// <summary>Replaces it, and returns when the new one is on the disk.</summary>
    /// <exception cref="IOException">It could not be written. What <see cref="Read"/> gives after <see cref="Settle"/> holds.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written there.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        DirectorySync.Create(_directory);
        var temporary = FilePath + ".tmp";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, FilePath, overwrite: true);
        DirectorySync.Sync(_directory);
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
        DirectorySync.Sync(_directory);
        return aside;
    }
}
