using ClusterActors.Actors.Metrics;
using Microsoft.Extensions.Time.Testing;

namespace ClusterActors.Actors.Tests.Metrics;

public class PortableMachineSamplerSpecs
{
    private readonly FakeTimeProvider _time = new();
    private TimeSpan _cpu = TimeSpan.FromMinutes(5);

    [Fact]
    public void The_process_and_the_memory_there_is_are_known()
    {
        var sampler = Sampler(memoryTotal: 4096);
        _time.Advance(TimeSpan.FromSeconds(2));
        _cpu += TimeSpan.FromSeconds(1);

        Assert.Equal(
            new MachineSample { ProcessCpuUsage = 25, MemoryTotal = 4096, ProcessMemory = 1024, CoreCount = 2 }, sampler.Sample());
    }

    [Fact]
    public void Memory_the_runtime_does_not_know_is_unknown() => Assert.Null(Sampler(memoryTotal: 0).Sample().MemoryTotal);

    [Fact]
    public void What_is_missing_is_said_in_words() => Assert.Equal(
        "The CPU of the machine and its used memory are not measured on this platform; those of this process are.",
        Sampler(memoryTotal: 1).Missing);

    private PortableMachineSampler Sampler(long memoryTotal) =>
        new(_time, new ProcessProbe(() => _cpu, () => 1024, CoreCount: 2), () => memoryTotal);
}
