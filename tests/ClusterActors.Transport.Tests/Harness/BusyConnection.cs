using Akka.Actor;
using ClusterActors.Transport.Connections;

namespace ClusterActors.Transport.Tests.Harness;

/// <summary>Once told to, tells itself something for ever.</summary>
public sealed class BusyConnection(Connection connection, Journal journal) : TestConnection(connection, journal)
{
    public sealed record Again : INoSerializationVerificationNeeded
    {
        public static Again Instance { get; } = new();
    }

    protected override void OnMessage(object message) => Self.Tell(message);
}
