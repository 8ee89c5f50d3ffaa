using System.Buffers;
using ClusterActors.Transport.Connections;

namespace ClusterActors.Transport.Tests.Harness;

/// <summary>Sends back what arrives.</summary>
public sealed class EchoConnection(Connection connection, Journal journal) : TestConnection(connection, journal)
{
    protected override int OnBytes(Span<byte> bytes, out int needed)
    {
        needed = 0;
        Connection.Output.Write(bytes);
        return bytes.Length;
    }
}
