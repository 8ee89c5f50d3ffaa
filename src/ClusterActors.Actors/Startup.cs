using System.Collections.Immutable;

namespace ClusterActors.Actors;

/// <summary>Collects the ports that a node opens while it starts, for whoever waits until the node is ready.</summary>
public sealed class Startup
{
    private sealed record Opening(int? ClusterPort, ImmutableSortedDictionary<int, int> BusinessPorts);

    private readonly TaskCompletionSource<OpenPorts> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly bool _clusterPortExpected;
    private int _businessPortsExpected;
    private Opening _open = new(null, ImmutableSortedDictionary<int, int>.Empty);

    /// <param name="clusterPort">Whether the node opens a cluster port.</param>
    /// <param name="businessPorts">How many business ports it opens.</param>
    public Startup(bool clusterPort, int businessPorts)
    {
        _clusterPortExpected = clusterPort;
        _businessPortsExpected = businessPorts;
        CompleteWhenAllAreOpen(_open);
    }

    /// <summary>What is open, once everything is. Fails with <see cref="StartupException"/> when a port cannot be opened, and with <see cref="StoreBrokenException"/> when the store cannot be used.</summary>
    public Task<OpenPorts> Ready => _ready.Task;

    /// <summary>The cluster port, once it is open.</summary>
    public int? ClusterPort => Volatile.Read(ref _open).ClusterPort;

    /// <summary>The node opens another number of business ports than was thought. To be told before it opens the first.</summary>
    public void ExpectBusinessPorts(int count)
    {
        _businessPortsExpected = count;
        CompleteWhenAllAreOpen(_open);
    }

    /// <summary>The cluster port is open.</summary>
    public void ClusterPortOpened(int port) => Update(open => open with { ClusterPort = port });

    /// <summary>A business port is open.</summary>
    /// <param name="place">Its place among the business ports, from 0.</param>
    /// <param name="port">The port.</param>
    public void BusinessPortOpened(int place, int port) => Update(open => open with { BusinessPorts = open.BusinessPorts.Add(place, port) });

    /// <summary>The node cannot start.</summary>
    public void Failed(string reason) => _ready.TrySetException(new StartupException(reason));

    /// <summary>The node cannot start, because of its store.</summary>
    public void StoreBroken(string reason) => _ready.TrySetException(new StoreBrokenException(reason));

    private void Update(Func<Opening, Opening> change)
    {
        ImmutableInterlocked.Update(ref _open, change);
        CompleteWhenAllAreOpen(_open);
    }

    private void CompleteWhenAllAreOpen(Opening open)
    {
        if (open.BusinessPorts.Count >= _businessPortsExpected && (open.ClusterPort is not null || !_clusterPortExpected))
            _ready.TrySetResult(new OpenPorts(open.ClusterPort, [.. open.BusinessPorts.Values]));
    }
}
