using Akka.Actor;

namespace ClusterActors.Transport.Tests.Harness;

/// <summary>Lives on the thread of a loop, to see its rounds go by or to hold it up.</summary>
internal sealed class LoopProbe : UntypedActor
{
    /// <summary>Answered when the loop comes to it.</summary>
    public sealed record Pass : INoSerializationVerificationNeeded
    {
        public static Pass Instance { get; } = new();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Pass:
                Sender.Tell(Pass.Instance);
                break;
            case LoopHold hold:
                hold.Hold();
                break;
            default:
                Unhandled(message);
                break;
        }
    }
}
