namespace ClusterActors.Client;

/// <summary>None of the managers answered.</summary>
/// <param name="attempts">What happened at each, in the order they were tried.</param>
public sealed class ManagerUnreachableException(IReadOnlyList<ManagerAttempt> attempts)
    : FleetException($"No manager answered: {string.Join("; ", attempts.Select(attempt => $"{attempt.Manager} {attempt.Reason}"))}.")
{
    /// <summary>What happened at each manager, in the order they were tried.</summary>
    public IReadOnlyList<ManagerAttempt> Attempts { get; } = attempts;
}
