namespace ClusterActors.Actors.Gateway;

/// <summary>Counts what may exist only so often at once: clients of a worker, links of a cluster port. Used from every loop.</summary>
public sealed class Budget(int limit)
{
    private int _taken;

    /// <summary>How many there may be.</summary>
    public int Limit { get; } = limit;

    /// <summary>How many there are.</summary>
    public int Taken => Volatile.Read(ref _taken);

    /// <summary>Takes a place if one is free.</summary>
    public bool TryTake()
    {
        // Never above the limit, not even for a moment: that moment would be reported, and refuse somebody for whom there is a place.
        while (true)
        {
            var taken = Taken;
            if (taken >= Limit)
                return false;
            if (Interlocked.CompareExchange(ref _taken, taken + 1, taken) == taken)
                return true;
        }
    }

    /// <summary>Gives a place back.</summary>
    public void Release() => Interlocked.Decrement(ref _taken);
}
