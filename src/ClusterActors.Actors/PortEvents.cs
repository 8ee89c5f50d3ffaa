using Akka.Actor;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors;

/// <summary>What the actor of a listening port tells its parent.</summary>
public static class PortEvents
{
    /// <summary>The port is open.</summary>
    /// <param name="Port">The port; the one the system chose where any was asked for.</param>
    public sealed record Opened(int Port) : INoSerializationVerificationNeeded;

    /// <summary>The port cannot be opened.</summary>
    /// <param name="Reason">Which and why, in words.</param>
    /// <param name="Code">The same as one of <see cref="FailureCode"/>: port-in-use, out-of-range (privileged) or internal.</param>
    public sealed record Failed(string Reason, string Code = FailureCode.Internal) : INoSerializationVerificationNeeded;

    /// <summary>The port is closed. The actor stays while connections that came through it are to be closed.</summary>
    /// <param name="Port">The port.</param>
    public sealed record Closed(int Port) : INoSerializationVerificationNeeded;
}
