using Akka.Actor;

namespace ClusterActors.Transport.Connections;

/// <summary>Says which actor serves a new connection: the protocol's side of the transport.</summary>
public interface IConnectionFactory
{
    /// <summary>Props of a <see cref="ConnectionActor"/>; called on the thread of the loop that owns the connection.</summary>
    Props Props(Connection connection);
}
