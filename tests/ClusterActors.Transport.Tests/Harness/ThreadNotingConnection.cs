using ClusterActors.Transport.Connections;

namespace ClusterActors.Transport.Tests.Harness;

/// <summary>Writes down on which thread its bytes come.</summary>
public sealed class ThreadNotingConnection(Connection connection, Journal journal) : TestConnection(connection, journal)
{
    protected override int OnBytes(Span<byte> bytes, out int needed)
    {
        needed = 0;
        Journal.Add(new ConnectionNews.Told(Thread.CurrentThread.Name!));
        return bytes.Length;
    }
}
