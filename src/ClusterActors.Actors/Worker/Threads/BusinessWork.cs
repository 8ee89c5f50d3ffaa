using Akka.Actor;
using Akka.Event;

namespace ClusterActors.Actors.Worker.Threads;

/// <summary>Messages of clients that wait for a worker thread. Whoever made it hears from it when it is done.</summary>
internal abstract class BusinessWork : INoSerializationVerificationNeeded, IDeadLetterSuppression
{
    /// <summary>How many pieces of work this is: one for each client.</summary>
    public abstract int Pieces { get; }

    /// <summary>Runs the handler for each message; never throws.</summary>
    public abstract void Run();
}
