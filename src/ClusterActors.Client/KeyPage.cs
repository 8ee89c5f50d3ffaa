namespace ClusterActors.Client;

/// <summary>Keys that were listed.</summary>
/// <param name="Keys">In the order of their bytes.</param>
/// <param name="More">Whether there are further ones, to be asked for behind the last of these.</param>
public sealed record KeyPage(IReadOnlyList<string> Keys, bool More);
