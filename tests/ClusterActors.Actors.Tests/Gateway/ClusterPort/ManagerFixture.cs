using ClusterActors.Actors.Tests.Harness;

namespace ClusterActors.Actors.Tests.Gateway.ClusterPort;

/// <summary>A manager that a class of specs shares; each spec uses links of its own.</summary>
public sealed class ManagerFixture : IAsyncLifetime
{
    private TestNode? _node;

    public int Port => _node!.ClusterPort;

    internal TestNode Node => _node!;

    public async Task InitializeAsync() => _node = await TestNode.StartManagerAsync("worker.handler = echo");

    public async Task DisposeAsync() => await _node!.DisposeAsync();
}
