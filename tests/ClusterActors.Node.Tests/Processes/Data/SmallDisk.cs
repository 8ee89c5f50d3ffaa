using System.Diagnostics;
using System.Globalization;

namespace ClusterActors.Node.Tests.Processes.Data;

/// <summary>
/// A disk of a few megabytes, in a namespace of its own that a sleeping program keeps open: it outlives the servers that use it, and ends with this.
/// </summary>
public sealed class SmallDisk : IDisposable
{
    private const int Mebi = 1024 * 1024;
    private static readonly Lazy<Task<string?>> Reason = new(TryAsync);

    private readonly ScratchFolder _folder;
    private readonly Process _keeper;

    private SmallDisk(ScratchFolder folder, Process keeper)
    {
        _folder = folder;
        _keeper = keeper;
    }

    /// <summary>Its path within <see cref="Within"/>.</summary>
    public string Path => _folder.Path;

    /// <summary>The programs that start another which sees it.</summary>
    public IReadOnlyList<string> Within =>
        ["nsenter", string.Create(CultureInfo.InvariantCulture, $"--mount=/proc/{_keeper.Id}/ns/mnt")];

    /// <summary>The same place for this process.</summary>
    public string Outside => string.Create(CultureInfo.InvariantCulture, $"/proc/{_keeper.Id}/root{_folder.Path}");

    private string Filler => System.IO.Path.Combine(Outside, "filler");

    /// <summary>Why there can be none here; null when there can.</summary>
    public static Task<string?> WhyNotAsync() => Reason.Value;

    /// <summary>Makes one.</summary>
    /// <param name="mebibytes">Its size.</param>
    public static async Task<SmallDisk> MountAsync(int mebibytes)
    {
        var folder = new ScratchFolder();
        var keeper = Tools.Start(
            "unshare", "/", "--mount", "sh", "-c", $"mount -t tmpfs -o size={mebibytes}m none \"$0\" && echo mounted && exec sleep 3600", folder.Path);
        Assert.Equal("mounted", await keeper.StandardOutput.ReadLineAsync());
        return new SmallDisk(folder, keeper);
    }

    /// <summary>Takes space until only so much is left.</summary>
    public void Fill(long bytesLeft)
    {
        var free = new DriveInfo(Outside).AvailableFreeSpace;
        using var filler = File.OpenWrite(Filler);
        filler.Seek(0, SeekOrigin.End);
        var block = new byte[Mebi];
        for (var left = free - bytesLeft; left > 0; left -= block.Length)
        {
            try
            {
                filler.Write(block, 0, (int)Math.Min(block.Length, left));
                filler.Flush();
            }
            catch (IOException)
            {
                // Somebody else took the last of it.
                return;
            }
        }
    }

    /// <summary>Gives back what was taken.</summary>
    public void Free() => File.Delete(Filler);

    /// <summary>Nothing can be written to it from now on.</summary>
    public Task MakeReadOnlyAsync() => Tools.RunAsync("nsenter", "/", [.. Within.Skip(1), "mount", "-o", "remount,ro", _folder.Path]);

    public void Dispose()
    {
        _keeper.Kill();
        _keeper.WaitForExit();
        _keeper.Dispose();
        _folder.Dispose();
    }

    private static async Task<string?> TryAsync()
    {
        if (!OperatingSystem.IsLinux())
            return "namespaces are of Linux";
        if (Environment.UserName != "root" || !Tools.Has("unshare") || !Tools.Has("nsenter"))
            return "a small disk needs root and the programs unshare and nsenter";

        // Root in a container may not be allowed to.
        var (mounted, output) = await Tools.RunAsync("unshare", "/", "--mount", "mount", "-t", "tmpfs", "none", "/mnt");
        return mounted == 0 ? null : $"nothing can be mounted here: {output}";
    }
}
