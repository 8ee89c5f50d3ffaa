using System.Globalization;

namespace ClusterActors.Benchmarks.Authority;

/// <summary>Times without allocations, in milliseconds.</summary>
internal sealed class Gaps
{
    private readonly List<double> _milliseconds = [];

    /// <summary>The longest; 0 when there is none.</summary>
    public double Worst => _milliseconds.DefaultIfEmpty().Max();

    public void Add(double milliseconds) => _milliseconds.Add(milliseconds);

    /// <summary><c>key=value</c> of their number, median and worst.</summary>
    public override string ToString()
    {
        var sorted = _milliseconds.Order().ToArray();
        var median = sorted.Length == 0 ? 0 : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        return string.Create(CultureInfo.InvariantCulture, $"count={sorted.Length} p50_ms={median:F0} max_ms={Worst:F0}");
    }
}
