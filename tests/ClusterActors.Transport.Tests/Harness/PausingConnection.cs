using ClusterActors.Transport.Connections;

namespace ClusterActors.Transport.Tests.Harness;

/// <summary>Takes one byte of each delivery, writes the delivery down, and pauses until it is told to go on, or only for a moment.</summary>
public sealed class PausingConnection(Connection connection, Journal journal, bool resumesAtOnce = false)
    : TestConnection(connection, journal)
{
    protected override int OnBytes(Span<byte> bytes, out int needed)
    {
        needed = 0;
        Journal.Add(new ConnectionNews.Arrived(bytes.ToArray()));
        Connection.PauseReading();
        if (resumesAtOnce)
            Connection.ResumeReading();
        return 1;
    }
}
