using ClusterActors.Transport.Connections;

namespace ClusterActors.Transport.Tests.Harness;

/// <summary>Writes down the bytes of each delivery too.</summary>
public sealed class RecordingConnection(Connection connection, Journal journal) : TestConnection(connection, journal)
{
    protected override int OnBytes(Span<byte> bytes, out int needed)
    {
        needed = 0;
        Journal.Add(new ConnectionNews.Arrived(bytes.ToArray()));
        return bytes.Length;
    }
}
