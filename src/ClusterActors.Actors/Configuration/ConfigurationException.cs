namespace ClusterActors.Actors.Configuration;

/// <summary>The configuration has mistakes, all of which are named; the node does not start (exit code 2).</summary>
/// <param name="errors">The mistakes, at least one.</param>
public sealed class ConfigurationException(IReadOnlyList<ConfigurationError> errors)
    : Exception(string.Join(Environment.NewLine, errors))
{
    /// <summary>Every mistake that was found.</summary>
    public IReadOnlyList<ConfigurationError> Errors { get; } = errors;
}
