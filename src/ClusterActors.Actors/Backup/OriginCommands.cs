using Akka.Actor;
using Akka.Event;
using ClusterActors.Actors.Data;

namespace ClusterActors.Actors.Backup;

/// <summary>What the owner of business data is told to do.</summary>
internal static class OriginCommands
{
    /// <summary>Write something; the waiter is told what became of it.</summary>
    /// <param name="Asked">What to write.</param>
    /// <param name="Waiter">Who waits.</param>
    public sealed record Write(DataWrite Asked, IDataWaiter Waiter) : INoSerializationVerificationNeeded, IDeadLetterSuppression;

    /// <summary>The store was found to be damaged while it was read.</summary>
    /// <param name="Reason">Where, and what is wrong.</param>
    public sealed record Break(string Reason) : INoSerializationVerificationNeeded;

    /// <summary>Tell the sender how the store is, now and whenever that changes: <see cref="OriginEvents.Standing"/>.</summary>
    public sealed record Subscribe : INoSerializationVerificationNeeded
    {
        /// <summary>The only one.</summary>
        public static Subscribe Instance { get; } = new();
    }
}
