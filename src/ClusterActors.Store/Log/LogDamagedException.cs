namespace ClusterActors.Store.Log;

/// <summary>A log that was whole when it was opened is not any more.</summary>
/// <param name="damage">Where, and what is wrong.</param>
public sealed class LogDamagedException(LogDamage damage) : Exception(damage?.ToString())
{
    /// <summary>Where, and what is wrong.</summary>
    public LogDamage Damage { get; } = damage!;
}
