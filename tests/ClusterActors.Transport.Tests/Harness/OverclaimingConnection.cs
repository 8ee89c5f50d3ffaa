using ClusterActors.Transport.Connections;

namespace ClusterActors.Transport.Tests.Harness;

/// <summary>Says that it took more than there was.</summary>
public sealed class OverclaimingConnection(Connection connection, Journal journal) : TestConnection(connection, journal)
{
    protected override int OnBytes(Span<byte> bytes, out int needed)
    {
        needed = 0;
        return bytes.Length + 1;
    }
}
