namespace ClusterActors.Actors.Metrics;

/// <summary>Measures the machine. Not safe for use by several threads at once: an instance belongs to one actor.</summary>
public interface IMachineSampler
{
    /// <summary>What the figures are relative to, in a sentence: the machine, or the limits of a container.</summary>
    string Limits { get; }

    /// <summary>What this platform cannot tell, in a sentence; <see langword="null"/> when it tells everything.</summary>
    string? Missing { get; }

    /// <summary>
    /// Measures now. CPU is the average since the sample before; a sample less than 50 ms after it repeats its CPU figures,
    /// since the counters of a system are too coarse for less. Never throws: what cannot be read is <see langword="null"/>.
    /// </summary>
    MachineSample Sample();
}
