using ClusterActors.Transport.Connections;

namespace ClusterActors.Transport.Tests.Harness;

/// <summary>Fails while it is created, or right after its connection is open.</summary>
public sealed class UnstartableConnection : TestConnection
{
    public UnstartableConnection(Connection connection, Journal journal, bool opensFirst)
        : base(connection, journal)
    {
        if (!opensFirst)
            throw new InvalidOperationException("this actor cannot be created on purpose");
    }

    protected override void PreStart()
    {
        base.PreStart();
        throw new InvalidOperationException("this actor cannot start on purpose");
    }
}
