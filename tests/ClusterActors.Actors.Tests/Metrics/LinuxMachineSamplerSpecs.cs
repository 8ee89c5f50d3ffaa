using ClusterActors.Actors.Metrics;
using FsCheck.Xunit;

namespace ClusterActors.Actors.Tests.Metrics;

public sealed class LinuxMachineSamplerSpecs
{
    private const long MiB = 1024 * 1024;

    public sealed class WithoutLimits : IDisposable
    {
        private readonly LinuxMachine _machine = new();

        [Theory]
        [InlineData("1100 0 1000 8300 0 0 0 0 0 0", 25.0)] // one of four cores ran programs
        [InlineData("1000 100 1000 8300 0 0 0 0 0 0", 25.0)] // niced ones too
        [InlineData("1000 0 1100 8300 0 0 0 0 0 0", 25.0)] // the kernel ran
        [InlineData("1000 0 1000 8300 100 0 0 0 0 0", 0.0)] // waiting for a disk is idle
        [InlineData("1000 0 1000 8300 0 50 50 0 0 0", 25.0)] // interrupts
        [InlineData("1000 0 1000 8300 0 0 0 100 0 0", 25.0)] // stolen by the hypervisor: not there for us
        [InlineData("1100 0 1000 8300 0 0 0 0 100 0", 25.0)] // a guest's time is within user time already
        [InlineData("1400 0 1000 8000 0 0 0 0 0 0", 100.0)] // every core ran
        [InlineData("1001 0 1000 8002 0 0 0 0 0 0", 33.33)] // two decimals
        [InlineData("1000 0 1000 8000 0 0 0 0 0 0", null)] // the counters did not move
        [InlineData("0 0 0 0 0 0 0 0 0 0", null)] // the counters went back
        public void Cpu_is_what_the_cores_did_since_the_sample_before(string stat, double? percent)
        {
            var sampler = _machine.Sampler();
            _machine.PassSecond();
            _machine.Stat(stat);

            Assert.Equal(percent, sampler.Sample().CpuUsage);
        }

        [Fact]
        public void The_cpu_of_the_process_is_in_percent_of_all_cores()
        {
            var sampler = _machine.Sampler();
            _machine.PassSecond(processCpuSeconds: 1);

            Assert.Equal(25, sampler.Sample().ProcessCpuUsage);
        }

        [Fact]
        public void Each_sample_starts_where_the_one_before_ended()
        {
            var sampler = _machine.Sampler();
            _machine.PassSecond(processCpuSeconds: 4);
            sampler.Sample();
            _machine.PassSecond();

            Assert.Equal(0, sampler.Sample().ProcessCpuUsage);
        }

        [Fact]
        public void The_first_sample_has_no_cpu_when_no_time_has_passed()
        {
            var sample = _machine.Sampler().Sample();

            Assert.Null(sample.CpuUsage);
            Assert.Null(sample.ProcessCpuUsage);
        }

        [Fact]
        public void A_sample_at_once_after_another_repeats_its_cpu()
        {
            var sampler = _machine.Sampler();
            _machine.PassSecond(processCpuSeconds: 1);
            sampler.Sample();
            _machine.Pass(TimeSpan.FromMilliseconds(49), processCpu: TimeSpan.FromSeconds(1));

            Assert.Equal(25, sampler.Sample().ProcessCpuUsage);
        }

        [Fact]
        public void Memory_in_use_is_what_cannot_be_given_to_anybody()
        {
            var sample = _machine.Sampler().Sample();

            Assert.Equal(16_000 * MiB, sample.MemoryTotal);
            Assert.Equal(4_000 * MiB, sample.MemoryUsed);
            Assert.Equal(300 * MiB, sample.ProcessMemory);
            Assert.Equal(4, sample.CoreCount);
        }

        [Fact]
        public void The_figures_are_said_to_be_those_of_the_machine()
        {
            var sampler = _machine.Sampler();

            Assert.Equal("CPU is in percent of the whole machine, memory is that of the machine.", sampler.Limits);
            Assert.Null(sampler.Missing);
        }

        public void Dispose() => _machine.Dispose();
    }

    public sealed class WhenFilesAreNotAsExpected : IDisposable
    {
        private readonly LinuxMachine _machine = new();

        [Theory]
        [InlineData("/proc/stat", "/proc and /sys do not tell how much CPU is used.")]
        [InlineData("/proc/meminfo", "/proc and /sys do not tell how much memory is used.")]
        public void What_is_missing_is_said_in_words(string path, string sentence)
        {
            _machine.Remove(path);

            Assert.Equal(sentence, _machine.Sampler().Missing);
        }

        [Fact]
        public void Nothing_at_all_leaves_the_process()
        {
            var sampler = _machine.Sampler();
            _machine.RemoveAll();
            _machine.PassSecond(processCpuSeconds: 1);
            sampler.Sample();
            _machine.PassSecond(processCpuSeconds: 1);

            var sample = sampler.Sample();

            Assert.Equal(
                new MachineSample { ProcessCpuUsage = 25, ProcessMemory = 300 * MiB, CoreCount = 4 }, sample);
            Assert.Equal("/proc and /sys tell neither how much CPU nor how much memory is used.", sampler.Missing);
        }

        [Theory]
        [InlineData("MemTotal: x kB\nMemAvailable: 1 kB\n")]
        [InlineData("MemTotal:\n")]
        [InlineData("MemTotal: 100 kB\nMemAvailable: 200 kB\n")] // more available than there is
        [InlineData("MemTotal: 100 kB\n")]
        public void Memory_that_makes_no_sense_is_unknown(string meminfo)
        {
            _machine.Write("/proc/meminfo", meminfo);

            Assert.Null(_machine.Sampler().Sample().MemoryUsed);
        }

        [Property(MaxTest = 100)]
        public void No_content_whatever_makes_it_throw(string? stat, string? meminfo, string? cgroup, string? any)
        {
            _machine.Write("/proc/stat", "cpu " + stat + "\ncpu0 1\n");
            _machine.Write("/proc/meminfo", "MemTotal: " + meminfo);
            _machine.Write("/proc/self/cgroup", "0::/" + cgroup);
            _machine.Write("/sys/fs/cgroup/cgroup.controllers", any ?? string.Empty);
            _machine.Write("/sys/fs/cgroup/cpu.max", any ?? string.Empty);
            _machine.Write("/sys/fs/cgroup/memory.max", any ?? string.Empty);
            var sampler = _machine.Sampler();
            _machine.PassSecond();

            Assert.Equal(4, sampler.Sample().CoreCount);
        }

        public void Dispose() => _machine.Dispose();
    }
}
