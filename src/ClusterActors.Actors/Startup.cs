using System.Collections.Immutable;

namespace ClusterActors.Actors;

/// <summary>Collects what the duties of a node open while it starts, for whoever waits until the node is ready.</summary>
public sealed class Startup
{
    private readonly TaskCompletionSource<ImmutableDictionary<string, ImmutableArray<int>>> _ready =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly int _duties;
    private ImmutableDictionary<string, ImmutableArray<int>> _opened = ImmutableDictionary<string, ImmutableArray<int>>.Empty;

    /// <param name="duties">How many duties open ports.</param>
    public Startup(int duties) => _duties = duties;

    /// <summary>The ports of each duty once all are open. Fails with <see cref="StartupException"/> when one cannot be opened.</summary>
    public Task<ImmutableDictionary<string, ImmutableArray<int>>> Ready => _ready.Task;

    /// <summary>A duty has opened its ports.</summary>
    public void Opened(string duty, ImmutableArray<int> ports)
    {
        var opened = ImmutableInterlocked.AddOrUpdate(ref _opened, duty, ports, (_, _) => ports);
        if (_opened.Count == _duties)
            _ready.TrySetResult(_opened);
        _ = opened;
    }

    /// <summary>A duty cannot start.</summary>
    public void Failed(string reason) => _ready.TrySetException(new StartupException(reason));
}
