namespace ClusterActors.Protocol.Messages;

/// <summary>The words that parameter <c>code</c> of action 2000 takes (PROTOCOL.md section 3). A peer may know more of them.</summary>
public static class FailureCode
{
    /// <summary>The message is not well formed or a parameter is not what it must be.</summary>
    public const string BadRequest = "bad-request";

    /// <summary>The receiver knows no such action.</summary>
    public const string UnknownAction = "unknown-action";

    /// <summary>The sender may not ask for this.</summary>
    public const string NotAuthorized = "not-authorized";

    /// <summary>The receiver does not hold management authority; <c>ip</c>, <c>port</c> and <c>epoch</c> name the holder.</summary>
    public const string NotAuthority = "not-authority";

    /// <summary>The command comes from an authority that has been replaced.</summary>
    public const string StaleEpoch = "stale-epoch";

    /// <summary>No server of that name is known.</summary>
    public const string UnknownNode = "unknown-node";

    /// <summary>No worker can take a client now.</summary>
    public const string NoCapacity = "no-capacity";

    /// <summary>The port is taken.</summary>
    public const string PortInUse = "port-in-use";

    /// <summary>The number is well formed but outside what this server allows.</summary>
    public const string OutOfRange = "out-of-range";

    /// <summary>The server that is meant cannot be reached.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>No answer came in time.</summary>
    public const string Timeout = "timeout";

    /// <summary>The receiver failed.</summary>
    public const string Internal = "internal";
}
