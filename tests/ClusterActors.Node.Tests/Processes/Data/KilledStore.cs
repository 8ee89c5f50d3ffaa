namespace ClusterActors.Node.Tests.Processes.Data;

/// <summary>A store whose server was killed at rest, and the history of it; specs harm copies.</summary>
public sealed class KilledStore : IAsyncLifetime, IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly History _history = new();

    /// <summary>A copy of its data directory.</summary>
    public ScratchFolder Copy()
    {
        var copy = new ScratchFolder();
        Harm.Copy(_folder.Path, copy.Path);
        return copy;
    }

    /// <summary>A history with all that was asked so far, to go on with in the next run.</summary>
    public History History()
    {
        var history = _history.Copy();
        history.Restarted();
        return history;
    }

    public async Task InitializeAsync()
    {
        await using var server = new DataServer(_folder.Path);
        await server.StartAsync();
        await using (var load = await DataLoad.StartAsync(server.Port, _history, 11))
        {
            await load.HasWrittenAsync(500);
            await load.FinishAsync();
        }

        await server.KillAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();
}
