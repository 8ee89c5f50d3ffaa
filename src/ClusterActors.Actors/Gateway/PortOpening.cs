using Akka.Actor;
using Akka.Event;

namespace ClusterActors.Actors.Gateway;

/// <summary>
/// One opening of a business port, known to the connections that came through it: when the port is closed and drained, they go
/// and those of a later opening of the same port stay.
/// </summary>
internal sealed class PortOpening
{
    /// <summary>The port is drained. Told to every connection; matters to those of the opening.</summary>
    /// <param name="Opening">Which opening.</param>
    /// <param name="Goodbye">What the client is told; <see langword="null"/>: it has had its time and is closed at once.</param>
    public sealed record Drained(PortOpening Opening, FramedActor.SayGoodbye? Goodbye) : INoSerializationVerificationNeeded, IDeadLetterSuppression;

    private volatile FramedActor.SayGoodbye? _goodbye;

    /// <summary>What a client is told that was accepted in the moment in which the port was closed.</summary>
    public FramedActor.SayGoodbye? Goodbye
    {
        get => _goodbye;
        set => _goodbye = value;
    }
}
