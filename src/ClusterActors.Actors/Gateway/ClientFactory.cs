using Akka.Actor;
using ClusterActors.Transport.Connections;

namespace ClusterActors.Actors.Gateway;

/// <summary>Serves the connections of a worker's business ports.</summary>
internal sealed class ClientFactory(ClientContext context) : IConnectionFactory
{
    /// <inheritdoc/>
    public Props Props(Connection connection) => ClientActor.Props(connection, context);
}
