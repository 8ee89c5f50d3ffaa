namespace ClusterActors.Actors.Configuration;

/// <summary>One mistake in a configuration.</summary>
/// <param name="Source">Where it stands: a file and its line, <c>--set key=value</c>, or the name the caller gave.</param>
/// <param name="Key">Full key, such as <c>clusterActors.worker.threads</c>; empty when the text itself cannot be read.</param>
/// <param name="Value">The value as written; <see langword="null"/> when the mistake is not in a value.</param>
/// <param name="Problem">What is wrong with it.</param>
/// <param name="Allowed">What is allowed instead; empty when <paramref name="Problem"/> says it.</param>
public sealed record ConfigurationError(string Source, string Key, string? Value, string Problem, string Allowed)
{
    /// <summary>The mistake as one sentence for the operator.</summary>
    public string Sentence
    {
        get
        {
            var what = Key.Length == 0 || Value is null ? Key : $"{Key} = {Value}";
            var where = what.Length == 0 ? Source : $"{Source}: {what}";
            return Allowed.Length == 0 ? $"{where}: {Problem}." : $"{where}: {Problem}; allowed is {Allowed}.";
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Sentence;
}
