using ClusterActors.Client;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Node.Tests.Processes.Authority;

/// <summary>Sends a command to a worker now and then, one worker after the other, through the managers in turn.</summary>
public sealed class CommandLoad : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly ClientSettings Settings = new() { Timeout = TimeSpan.FromSeconds(1), CommandTimeout = TimeSpan.FromSeconds(2), AuthorityWait = TimeSpan.Zero };

    private readonly CancellationTokenSource _over = new();
    private readonly Task _run;
    private int _done;

    public CommandLoad(IReadOnlyList<ServerAddress> managers, IReadOnlyList<string> workers) => _run = RunAsync(managers, workers);

    /// <summary>Commands that were carried out.</summary>
    public int Done => Volatile.Read(ref _done);

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _run;
    }

    private async Task RunAsync(IReadOnlyList<ServerAddress> managers, IReadOnlyList<string> workers)
    {
        for (var i = 0; !_over.IsCancellationRequested; i++)
        {
            // Up and down again, so that it can go on for ever.
            ServerCommand command = i / workers.Count % 2 == 0 ? new ServerCommand.AddThreads(1) : new ServerCommand.RemoveThreads(1);
            await using var client = new ManagerClient([managers[i % managers.Count]], Settings);
            try
            {
                await client.CommandAsync(workers[i % workers.Count], command, by: "load", cancellation: _over.Token);
                Interlocked.Increment(ref _done);
            }
            catch (FleetException)
            {
                // There is no holder, or the worker is away.
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }
}
