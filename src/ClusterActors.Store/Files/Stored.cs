namespace ClusterActors.Store.Files;

/// <summary>What there is in a file.</summary>
/// <typeparam name="T">What it keeps.</typeparam>
public abstract record Stored<T>
    where T : class
{
    private Stored()
    {
    }

    /// <summary>There is no file.</summary>
    public sealed record Missing : Stored<T>;

    /// <summary>There is one, and nothing in it may be believed.</summary>
    /// <param name="Reason">Why, in words.</param>
    /// <param name="IsUnreadable">It could not be read at all, and perhaps can be later; otherwise it was read and is wrong.</param>
    public sealed record Damaged(string Reason, bool IsUnreadable) : Stored<T>;

    /// <summary>It is whole, and it is on the disk.</summary>
    /// <param name="Value">What it says.</param>
    public sealed record Found(T Value) : Stored<T>;
}
