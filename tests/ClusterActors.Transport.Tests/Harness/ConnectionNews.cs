using Akka.Actor;
using ClusterActors.Transport.Connections;

namespace ClusterActors.Transport.Tests.Harness;

/// <summary>What a <see cref="TestConnection"/> writes into its journal besides the events of its connection.</summary>
public static class ConnectionNews
{
    public sealed record Opened(IActorRef Actor, Connection Connection);

    /// <param name="Bytes">A copy of what arrived.</param>
    public sealed record Arrived(byte[] Bytes);

    public sealed record Told(object Message);

    public sealed record Stopped(string Thread);
}
