namespace ClusterActors.Node.Run;

/// <summary>How one life of a node ended: from the start of its actor system to the end of it.</summary>
internal abstract record NodeEnd
{
    private NodeEnd()
    {
    }

    /// <summary>It was told to stop, and left.</summary>
    public sealed record Left : NodeEnd
    {
        /// <summary>The only one.</summary>
        public static Left Instance { get; } = new();
    }

    /// <summary>It could not start.</summary>
    /// <param name="Reason">Why, in words.</param>
    public sealed record NotStarted(string Reason) : NodeEnd;

    /// <summary>Its store is broken: it must not be started again before somebody has looked.</summary>
    /// <param name="Reason">Why, in words.</param>
    public sealed record StoreBroken(string Reason) : NodeEnd;

    /// <summary>Its actor system ended although nobody told it to stop.</summary>
    /// <param name="Reason">Why, in words.</param>
    public sealed record Ended(string Reason) : NodeEnd;
}
