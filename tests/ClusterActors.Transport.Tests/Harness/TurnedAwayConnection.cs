using ClusterActors.Transport.Connections;

namespace ClusterActors.Transport.Tests.Harness;

/// <summary>Closes its connection before it has begun.</summary>
public sealed class TurnedAwayConnection : TestConnection
{
    public TurnedAwayConnection(Connection connection, Journal journal)
        : base(connection, journal) => connection.Close();
}
