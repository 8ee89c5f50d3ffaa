using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Running;

namespace ClusterActors.Benchmarks.Micro;

/// <summary>What the codec costs by itself, without sockets and actors.</summary>
internal static class MicroBenchmarks
{
    /// <summary>Runs the benchmarks that the options of BenchmarkDotNet choose; without any, all of them.</summary>
    /// <returns>0; 1 when one could not be run.</returns>
    public static int Run(string[] options)
    {
        var config = DefaultConfig.Instance.AddDiagnoser(MemoryDiagnoser.Default);
        var summaries = BenchmarkSwitcher
            .FromAssembly(typeof(MicroBenchmarks).Assembly)
            .Run(options is [] ? ["--filter", "*"] : options, config);
        return summaries.All(summary => summary.Reports.All(report => report.Success)) ? 0 : 1;
    }
}
