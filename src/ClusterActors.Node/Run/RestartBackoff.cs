namespace ClusterActors.Node.Run;

/// <summary>How long to wait before a node whose actor system has ended is built anew. Immutable.</summary>
/// <param name="Pause">The next pause.</param>
internal sealed record RestartBackoff(TimeSpan Pause)
{
    /// <summary>The first pause.</summary>
    public static readonly TimeSpan Min = TimeSpan.FromSeconds(1);

    /// <summary>The longest one.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromSeconds(30);

    /// <summary>A node that lived for this long was well: the next pause is the first one again.</summary>
    public static readonly TimeSpan WellAfter = TimeSpan.FromMinutes(1);

    /// <summary>Before anything has ended.</summary>
    public static RestartBackoff First { get; } = new(Min);

    /// <summary>A life has ended: how long to wait now, and what to do the next time.</summary>
    /// <param name="lived">How long it was.</param>
    public (TimeSpan Pause, RestartBackoff Next) After(TimeSpan lived)
    {
        var pause = lived >= WellAfter ? Min : Pause;
        return (pause, new RestartBackoff(pause * 2 < Max ? pause * 2 : Max));
    }
}
