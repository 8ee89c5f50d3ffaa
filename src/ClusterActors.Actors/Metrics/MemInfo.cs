namespace ClusterActors.Actors.Metrics;

/// <summary>Memory of the whole machine from /proc/meminfo (proc_meminfo(5)).</summary>
internal static class MemInfo
{
    private const string Path = "/proc/meminfo";
    private const long KiB = 1024;

    /// <summary>Bytes of memory, and of those the ones nothing could be given from; unknown where they are not there.</summary>
    public static MemoryFigures Read(SystemFiles files)
    {
        var total = files.Number(Path, "MemTotal") * KiB;
        var used = total - (files.Number(Path, "MemAvailable") * KiB);
        return new MemoryFigures(total, used >= 0 ? used : null);
    }
}
