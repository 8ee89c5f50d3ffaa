namespace ClusterActors.Node.Run;

/// <summary>How the process ends (docs/manual.md, "Exit codes").</summary>
internal static class ExitCodes
{
    /// <summary>It left gracefully, or did what was asked.</summary>
    public const int Left = 0;

    /// <summary>Anything without a code of its own.</summary>
    public const int Failed = 1;

    /// <summary>The configuration or the command line is wrong.</summary>
    public const int Configuration = 2;

    /// <summary>A port or directory cannot be used.</summary>
    public const int NotUsable = 3;

    /// <summary>The store cannot promise what it acknowledged.</summary>
    public const int StoreBroken = 4;
}
