using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ClusterActors.Store.Log;

/// <summary>A file of the real disk.</summary>
internal sealed partial class LogFile(string path, SafeFileHandle handle) : ILogFile
{
    private const int Interrupted = 4;

    public long Length
    {
        get
        {
            try
            {
                return RandomAccess.GetLength(handle);
            }
            catch (IOException failure)
            {
                throw new LogFailedException("read", path, failure);
            }
        }
    }

    public int Read(Span<byte> bytes, long offset)
    {
        try
        {
            var read = 0;
            while (read < bytes.Length && RandomAccess.Read(handle, bytes[read..], offset + read) is > 0 and var more)
                read += more;
            return read;
        }
        catch (Exception failure) when (LogDisk.IsRefusal(failure))
        {
            throw new LogFailedException("read", path, failure);
        }
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            RandomAccess.Write(handle, bytes, offset);
        }
        catch (Exception failure) when (LogDisk.IsRefusal(failure))
        {
            throw new LogFailedException("write", path, failure);
        }
    }

    public void Sync()
    {
        try
        {
            if (OperatingSystem.IsLinux())
                SyncData();
            else
                RandomAccess.FlushToDisk(handle);
        }
        catch (Exception failure) when (LogDisk.IsRefusal(failure))
        {
            throw new LogSyncException(path, failure);
        }
    }

    public void Dispose() => handle.Dispose();

    // The times of the file are not worth the second write that fsync makes for them.
    private void SyncData()
    {
        while (DataSync(handle) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
                throw new IOException(new Win32Exception(error).Message);
        }
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int DataSync(SafeFileHandle descriptor);
}
