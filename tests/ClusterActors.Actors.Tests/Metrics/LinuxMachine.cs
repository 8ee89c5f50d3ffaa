using ClusterActors.Actors.Metrics;
using Microsoft.Extensions.Time.Testing;

namespace ClusterActors.Actors.Tests.Metrics;

/// <summary>A Linux machine made of files: four cores, 16,000 MiB of memory, idle since it started; no cgroup limits it.</summary>
internal sealed class LinuxMachine : IDisposable
{
    private const long MiB = 1024 * 1024;

    private readonly TemporaryFiles _files = new();
    private readonly FakeTimeProvider _time = new();
    private TimeSpan _processCpu = TimeSpan.FromSeconds(100);

    public LinuxMachine()
    {
        Stat("1000 0 1000 8000 0 0 0 0 0 0");
        Write("/proc/meminfo", "MemTotal:       16384000 kB\nMemFree:         1024000 kB\nMemAvailable:   12288000 kB\n");
    }

    public void Write(string path, string text) => _files.Write(path, text);

    /// <summary>user nice system idle iowait irq softirq steal guest guest_nice of all cores, in hundredths of a second.</summary>
    public void Stat(string allCores) =>
        Write("/proc/stat", $"cpu  {allCores}\ncpu0 1 2 3 4\ncpu1 1 2 3 4\ncpu2 1 2 3 4\ncpu3 1 2 3 4\nintr 12 34\nctxt 5\n");

    public void Remove(string path) => File.Delete(Path.Combine(_files.Root, path.TrimStart('/')));

    public void RemoveAll()
    {
        foreach (var directory in Directory.GetDirectories(_files.Root))
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    public IMachineSampler Sampler() =>
        new LinuxMachineSampler(_time, _files.Root, new ProcessProbe(() => _processCpu, () => 300 * MiB, CoreCount: 4));

    public void Pass(TimeSpan time, TimeSpan processCpu = default)
    {
        _time.Advance(time);
        _processCpu += processCpu;
    }

    public void PassSecond(double processCpuSeconds = 0) =>
        Pass(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(processCpuSeconds));

    public void Dispose() => _files.Dispose();
}
