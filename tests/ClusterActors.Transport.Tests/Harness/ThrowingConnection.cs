using ClusterActors.Transport.Connections;

namespace ClusterActors.Transport.Tests.Harness;

/// <summary>Fails at the first bytes.</summary>
public sealed class ThrowingConnection(Connection connection, Journal journal) : TestConnection(connection, journal)
{
    protected override int OnBytes(Span<byte> bytes, out int needed) =>
        throw new InvalidOperationException("this actor fails on purpose");
}
