using BenchmarkDotNet.Attributes;
using ClusterActors.Protocol.Frames;

namespace ClusterActors.Benchmarks.Micro;

/// <summary>A payload is unmasked in place (RFC 6455 section 5.3).</summary>
public class UnmaskBenchmarks
{
    private byte[] _payload = [];

    /// <summary>Length of the payload.</summary>
    [Params(100, 65536)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void Setup() => _payload = new byte[Bytes];

    [Benchmark(Description = "unmask")]
    public void Unmask() => FrameMask.Apply(_payload, 0x3d21fa37);
}
