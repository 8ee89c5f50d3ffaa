namespace ClusterActors.Actors.Tests.Metrics;

/// <summary>Linux in a container: the limit stands for the machine.</summary>
public sealed class CgroupSpecs
{
    private const long MiB = 1024 * 1024;

    public sealed class InACgroupOfVersion2 : IDisposable
    {
        private readonly LinuxMachine _machine = new();

        public InACgroupOfVersion2()
        {
            _machine.Write("/sys/fs/cgroup/cgroup.controllers", "cpu memory\n");
            _machine.Write("/proc/self/cgroup", "0::/\n");
        }

        [Fact]
        public void Cpu_is_in_percent_of_the_quota()
        {
            Cpu("", "150000 100000", usedMicroseconds: 5_000_000);
            var sampler = _machine.Sampler();
            _machine.PassSecond(processCpuSeconds: 0.3);
            Cpu("", "150000 100000", usedMicroseconds: 5_750_000);

            var sample = sampler.Sample();

            Assert.Equal(50, sample.CpuUsage);
            Assert.Equal(20, sample.ProcessCpuUsage);
        }

        [Fact]
        public void A_burst_over_the_quota_is_a_hundred_percent()
        {
            Cpu("", "100000 100000", usedMicroseconds: 0);
            var sampler = _machine.Sampler();
            _machine.PassSecond(processCpuSeconds: 1.2);
            Cpu("", "100000 100000", usedMicroseconds: 1_300_000);

            var sample = sampler.Sample();

            Assert.Equal(100, sample.CpuUsage);
            Assert.Equal(100, sample.ProcessCpuUsage);
        }

        [Theory]
        [InlineData("max 100000")] // no quota
        [InlineData("400000 100000")] // as much as the machine has
        [InlineData("800000 100000")] // more than the machine has
        [InlineData("100000")] // malformed
        [InlineData("100000 0")]
        [InlineData("-1 100000")]
        [InlineData("")]
        public void Cpu_is_that_of_the_machine_where_no_quota_bites(string quota)
        {
            Cpu("", quota, usedMicroseconds: 0);
            var sampler = _machine.Sampler();
            _machine.PassSecond();
            _machine.Stat("1100 0 1000 8300 0 0 0 0 0 0");

            Assert.Equal(25, sampler.Sample().CpuUsage);
        }

        [Fact]
        public void The_tightest_quota_above_counts_with_what_was_used_under_it()
        {
            _machine.Write("/proc/self/cgroup", "0::/pod/app\n");
            Cpu("/pod", "100000 100000", usedMicroseconds: 0);
            Cpu("/pod/app", "200000 100000", usedMicroseconds: 0);
            var sampler = _machine.Sampler();
            _machine.PassSecond();
            Cpu("/pod", "100000 100000", usedMicroseconds: 900_000);
            Cpu("/pod/app", "200000 100000", usedMicroseconds: 100_000);

            Assert.Equal(90, sampler.Sample().CpuUsage);
        }

        [Fact]
        public void Cpu_is_unknown_for_one_sample_after_the_quota_changed()
        {
            Cpu("", "100000 100000", usedMicroseconds: 0);
            var sampler = _machine.Sampler();
            _machine.PassSecond();
            Cpu("", "200000 100000", usedMicroseconds: 500_000);
            var changed = sampler.Sample();
            _machine.PassSecond();
            Cpu("", "200000 100000", usedMicroseconds: 1_000_000);

            Assert.Null(changed.CpuUsage);
            Assert.Equal(25, sampler.Sample().CpuUsage);
        }

        [Fact]
        public void Memory_is_the_limit_and_what_is_used_of_it_without_idle_cache()
        {
            Memory("", 512 * MiB, 300 * MiB, inactiveFile: 100 * MiB);

            var sample = _machine.Sampler().Sample();

            Assert.Equal(512 * MiB, sample.MemoryTotal);
            Assert.Equal(200 * MiB, sample.MemoryUsed);
        }

        [Fact]
        public void The_tightest_memory_limit_above_counts()
        {
            _machine.Write("/proc/self/cgroup", "0::/pod/app\n");
            Memory("/pod", 256 * MiB, 200 * MiB, inactiveFile: 0);
            Memory("/pod/app", 512 * MiB, 50 * MiB, inactiveFile: 0);

            var sample = _machine.Sampler().Sample();

            Assert.Equal((256 * MiB, 200 * MiB), (sample.MemoryTotal, sample.MemoryUsed));
        }

        [Fact]
        public void A_memory_limit_above_the_machine_is_none()
        {
            Memory("", 32_000 * MiB, 1 * MiB, inactiveFile: 0);

            Assert.Equal(16_000 * MiB, _machine.Sampler().Sample().MemoryTotal);
        }

        [Fact]
        public void The_limits_are_said_in_words()
        {
            Cpu("", "150000 100000", usedMicroseconds: 0);
            Memory("", 512 * MiB, 300 * MiB, inactiveFile: 0);

            Assert.Equal(
                "CPU is in percent of the cgroup's quota of 1.5 cores, memory is that of the cgroup's limit.", _machine.Sampler().Limits);
        }

        [Theory]
        [InlineData("0::/../..\n")] // seen from outside its namespace
        [InlineData("0::/gone\n")] // the part of the host's tree that is not mounted here
        [InlineData("not a line\n")]
        [InlineData("")]
        public void A_path_that_leads_nowhere_leaves_the_mounted_root(string cgroup)
        {
            _machine.Write("/proc/self/cgroup", cgroup);
            Memory("", 512 * MiB, 300 * MiB, inactiveFile: 0);

            Assert.Equal(512 * MiB, _machine.Sampler().Sample().MemoryTotal);
        }

        public void Dispose() => _machine.Dispose();

        private void Cpu(string group, string quota, long usedMicroseconds)
        {
            _machine.Write($"/sys/fs/cgroup{group}/cpu.max", quota + "\n");
            _machine.Write($"/sys/fs/cgroup{group}/cpu.stat", $"usage_usec {usedMicroseconds}\nuser_usec 1\nsystem_usec 1\n");
        }

        private void Memory(string group, long max, long current, long inactiveFile)
        {
            _machine.Write($"/sys/fs/cgroup{group}/memory.max", $"{max}\n");
            _machine.Write($"/sys/fs/cgroup{group}/memory.current", $"{current}\n");
            _machine.Write($"/sys/fs/cgroup{group}/memory.stat", $"anon 1\ninactive_anon 2\ninactive_file {inactiveFile}\n");
        }
    }

    public sealed class InCgroupsOfVersion1 : IDisposable
    {
        private readonly LinuxMachine _machine = new();

        public InCgroupsOfVersion1() => _machine.Write(
            "/proc/self/cgroup", "4:memory:/docker/c1\n3:cpuset:/\n2:cpu,cpuacct:/docker/c1\n1:name=systemd:/\n0::/\n");

        [Theory]
        [InlineData("cpu", "cpuacct")] // mounted each alone
        [InlineData("cpu,cpuacct", "cpu,cpuacct")] // mounted together
        [InlineData("cpuacct,cpu", "cpuacct,cpu")]
        public void Cpu_is_in_percent_of_the_quota(string cpu, string accounting)
        {
            _machine.Write($"/sys/fs/cgroup/{cpu}/docker/c1/cpu.cfs_quota_us", "50000\n");
            _machine.Write($"/sys/fs/cgroup/{cpu}/docker/c1/cpu.cfs_period_us", "100000\n");
            _machine.Write($"/sys/fs/cgroup/{accounting}/docker/c1/cpuacct.usage", "1000000000\n");
            var sampler = _machine.Sampler();
            _machine.PassSecond();
            _machine.Write($"/sys/fs/cgroup/{accounting}/docker/c1/cpuacct.usage", "1100000000\n");

            Assert.Equal(20, sampler.Sample().CpuUsage);
        }

        [Fact]
        public void Memory_is_the_limit_of_the_container_that_sees_itself_as_the_root()
        {
            _machine.Write("/sys/fs/cgroup/memory/memory.limit_in_bytes", $"{512 * MiB}\n");
            _machine.Write("/sys/fs/cgroup/memory/memory.usage_in_bytes", $"{300 * MiB}\n");
            _machine.Write("/sys/fs/cgroup/memory/memory.stat", $"inactive_file 1\ntotal_inactive_file {100 * MiB}\n");

            var sample = _machine.Sampler().Sample();

            Assert.Equal((512 * MiB, 200 * MiB), (sample.MemoryTotal, sample.MemoryUsed));
        }

        [Fact]
        public void No_quota_and_no_limit_leave_the_machine()
        {
            _machine.Write("/sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n");
            _machine.Write("/sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
            _machine.Write("/sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");

            Assert.Equal("CPU is in percent of the whole machine, memory is that of the machine.", _machine.Sampler().Limits);
        }

        public void Dispose() => _machine.Dispose();
    }
}
