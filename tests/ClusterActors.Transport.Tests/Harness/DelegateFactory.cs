using Akka.Actor;
using ClusterActors.Transport.Connections;

namespace ClusterActors.Transport.Tests.Harness;

/// <summary>A factory out of a function.</summary>
public sealed class DelegateFactory(Func<Connection, Props> create) : IConnectionFactory
{
    public Props Props(Connection connection) => create(connection);
}
