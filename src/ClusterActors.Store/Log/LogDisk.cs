using ClusterActors.Store.Files;

namespace ClusterActors.Store.Log;

/// <summary>A directory of the real disk.</summary>
/// <param name="path">The directory.</param>
internal sealed class LogDisk(string path) : ILogDisk
{
    private readonly string _directory = Path.GetFullPath(path);

    public string PathOf(string name) => Path.Combine(_directory, name);

    public IReadOnlyList<string> Names()
    {
        try
        {
            return [.. Directory.EnumerateFiles(_directory).Select(path => Path.GetFileName(path))];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception failure) when (IsRefusal(failure))
        {
            throw new LogFailedException("list", _directory, failure);
        }
    }

    public void CreateDirectory() => Run("create", _directory, () => DirectorySync.Create(_directory));

    public ILogFile Create(string name, long bytes)
    {
        try
        {
            // Reserved now, so that a full disk is met here and not in the middle of a group; file systems that cannot do it do not fail.
            var handle = File.OpenHandle(PathOf(name), FileMode.Create, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, FileOptions.None, bytes);
            try
            {
                RandomAccess.SetLength(handle, bytes);
                return new LogFile(PathOf(name), handle);
            }
            catch
            {
                handle.Dispose();
                throw;
            }
        }
        catch (Exception failure) when (IsRefusal(failure))
        {
            throw new LogFailedException("create", PathOf(name), failure);
        }
    }

    public ILogFile Open(string name)
    {
        try
        {
            const FileShare Share = FileShare.ReadWrite | FileShare.Delete;
            return new LogFile(PathOf(name), File.OpenHandle(PathOf(name), FileMode.Open, FileAccess.ReadWrite, Share));
        }
        catch (Exception failure) when (IsRefusal(failure))
        {
            throw new LogFailedException("open", PathOf(name), failure);
        }
    }

    public void Rename(string from, string to) => Run("rename", PathOf(from), () => File.Move(PathOf(from), PathOf(to), overwrite: true));

    public void Delete(string name) => Run("delete", PathOf(name), () => File.Delete(PathOf(name)));

    public void SyncNames()
    {
        try
        {
            DirectorySync.Sync(_directory);
        }
        catch (IOException failure)
        {
            throw new LogSyncException(_directory, failure);
        }
    }

    /// <summary>Whether an exception is how the system says that it cannot.</summary>
    public static bool IsRefusal(Exception failure) => failure is IOException or UnauthorizedAccessException;

    private static void Run(string operation, string path, Action action)
    {
        try
        {
            action();
        }
        catch (Exception failure) when (IsRefusal(failure))
        {
            throw new LogFailedException(operation, path, failure);
        }
    }
}
