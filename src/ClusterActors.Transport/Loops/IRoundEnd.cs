namespace ClusterActors.Transport.Loops;

/// <summary>Something that gathers what one round of a loop brings, to hand it on in one piece.</summary>
public interface IRoundEnd
{
    /// <summary>The loop has run everything that was at hand and is about to wait. Called on the loop's thread; must not throw.</summary>
    void RoundEnded();
}
