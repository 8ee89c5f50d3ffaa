namespace ClusterActors.Protocol.Data;

/// <summary>The words that parameter <c>code</c> takes in replies of handler <c>data</c> (PROTOCOL.md section 8). A peer may know more of them.</summary>
public static class DataCode
{
    /// <summary>The request is not well formed or a parameter is not what it must be.</summary>
    public const string BadRequest = "bad-request";

    /// <summary>There is no such <c>op</c>.</summary>
    public const string UnknownAction = "unknown-action";

    /// <summary>There is no entry of that key.</summary>
    public const string NotFound = "not-found";

    /// <summary>What <c>if</c> asks for is not there; the reply carries the version that is.</summary>
    public const string Conflict = "conflict";

    /// <summary>The key or the value is larger than it may be.</summary>
    public const string TooLarge = "too-large";

    /// <summary>The client watches as much as it may.</summary>
    public const string TooMany = "too-many";

    /// <summary>This worker does not own the data any more.</summary>
    public const string NotOwner = "not-owner";

    /// <summary>This worker may not serve the data now; nothing was done.</summary>
    public const string NotReady = "not-ready";

    /// <summary>This worker takes no writes now; nothing was done.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>It is not known whether the write was done; it may still be.</summary>
    public const string Timeout = "timeout";
}
