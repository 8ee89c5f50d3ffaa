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
        var more = workers.Select(_ => true).ToArray();
        for (var i = 0; !_over.IsCancellationRequested; i++)
        {
            // Up and down again, so that it can go on for ever.
            var worker = i / managers.Count % workers.Count;
            ServerCommand command = more[worker] ? new ServerCommand.AddThreads(1) : new ServerCommand.RemoveThreads(1);
            await using var client = new ManagerClient([managers[i % managers.Count]], Settings);
            try
            {
                await client.CommandAsync(workers[worker], command, by: "load", cancellation: _over.Token);
                more[worker] = !more[worker];
                Interlocked.Increment(ref _done);
            }
            catch (RequestRefusedException refused) when (refused.Code == FailureCode.OutOfRange)
            {
                // One that was carried out was not answered.
                more[worker] = !more[worker];
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
