using ClusterActors.Actors.Metrics;
using Microsoft.Extensions.Time.Testing;

namespace ClusterActors.Actors.Tests.Metrics;

/// <summary>The machine the tests run on, whichever it is.</summary>
public class MachineSamplerSpecs
{
    [Fact]
    public void The_figures_of_this_machine_are_plausible()
    {
        var time = new FakeTimeProvider();
        var sampler = MachineSampler.Create(time);
        time.Advance(TimeSpan.FromSeconds(1));

        var sample = sampler.Sample();

        Assert.Equal(Environment.ProcessorCount, sample.CoreCount);
        Assert.InRange(sample.ProcessCpuUsage!.Value, 0, 100);
        Assert.InRange(sample.CpuUsage ?? 0, 0, 100);
        Assert.InRange(sample.MemoryTotal!.Value, sample.ProcessMemory!.Value, long.MaxValue);
        Assert.InRange(sample.MemoryUsed ?? 1, 1, sample.MemoryTotal.Value);
        Assert.InRange(sample.ProcessMemory.Value, 1024 * 1024, long.MaxValue);
        Assert.NotEmpty(sampler.Limits);
    }

    [Fact]
    public void Only_linux_tells_everything()
    {
        if (OperatingSystem.IsLinux())
        {
            Assert.Null(MachineSampler.Create(TimeProvider.System).Missing);
        }
        else
        {
            Assert.NotNull(MachineSampler.Create(TimeProvider.System).Missing);
        }
    }
}
