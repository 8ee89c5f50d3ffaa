using Akka.Actor;

namespace ClusterActors.Transport.Listening;

/// <summary>What an accept loop tells its owner.</summary>
public static class AcceptEvents
{
    /// <summary>It does not accept now (file descriptors or memory run short) and tries again by and by; waiting connections stay in the backlog.</summary>
    /// <param name="Port">The port.</param>
    /// <param name="Reason">What is short, in words, or what the system said.</param>
    public sealed record Paused(int Port, string Reason) : INoSerializationVerificationNeeded;

    /// <summary>It accepts again.</summary>
    /// <param name="Port">The port.</param>
    public sealed record Resumed(int Port) : INoSerializationVerificationNeeded;
}
