namespace ClusterActors.Store.Log;

/// <summary>What became of opening a log.</summary>
public abstract record LogOpening
{
    private LogOpening()
    {
    }

    /// <summary>There is no log in the directory.</summary>
    public sealed record Missing : LogOpening;

    /// <summary>Something that was durable is not there; nothing was changed.</summary>
    /// <param name="Damage">Where, and what is wrong.</param>
    public sealed record Damaged(LogDamage Damage) : LogOpening;

    /// <summary>It is whole, and all of it is on the disk.</summary>
    /// <param name="Log">The log; the caller disposes of it.</param>
    /// <param name="Cut">The torn tail that was cut, or <see langword="null"/>.</param>
    public sealed record Opened(OriginLog Log, TornTail? Cut) : LogOpening;
}
