namespace ClusterActors.Node.Run;

/// <summary>What <c>run</c> was called with.</summary>
/// <param name="ConfigFile">HOCON file of <c>--config</c>, <see langword="null"/> for the defaults.</param>
/// <param name="Sets">Values of <c>--set key=value</c>, in order.</param>
internal sealed record RunOptions(string? ConfigFile, IReadOnlyList<string> Sets);
