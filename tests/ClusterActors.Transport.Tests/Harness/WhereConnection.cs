using ClusterActors.Transport.Connections;

namespace ClusterActors.Transport.Tests.Harness;

/// <summary>Writes down on which thread it starts, instead of being opened.</summary>
public sealed class WhereConnection(Connection connection, Journal journal) : ConnectionActor(connection)
{
    protected override void PreStart()
    {
        base.PreStart();
        journal.Add(new ConnectionNews.Told(Thread.CurrentThread.Name!));
    }

    protected override int OnBytes(Span<byte> bytes, out int needed)
    {
        needed = 0;
        return bytes.Length;
    }
}
