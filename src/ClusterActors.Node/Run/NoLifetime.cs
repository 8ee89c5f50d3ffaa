using Microsoft.Extensions.Hosting;

namespace ClusterActors.Node.Run;

/// <summary>
/// A host that listens to no signals: the program does (<see cref="Operator.StopSignals"/>), because its node may live through several
/// hosts, and because a signal must be told from an actor system that ends by itself.
/// </summary>
internal sealed class NoLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
