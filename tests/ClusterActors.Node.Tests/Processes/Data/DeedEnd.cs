namespace ClusterActors.Node.Tests.Processes.Data;

/// <summary>How a request ended, as far as its client knows.</summary>
public enum DeedEnd
{
    /// <summary>It was not answered, or the answer was that nobody knows: it may have been done.</summary>
    Unknown,

    /// <summary>It was done.</summary>
    Done,

    /// <summary>There was no such entry.</summary>
    Missing,

    /// <summary>Something else was there than asked for; nothing was done.</summary>
    Conflict,

    /// <summary>The server took it not; nothing was done.</summary>
    Refused,
}
