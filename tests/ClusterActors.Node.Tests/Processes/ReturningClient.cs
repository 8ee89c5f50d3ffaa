using System.Collections.Concurrent;
using ClusterActors.Client;

namespace ClusterActors.Node.Tests.Processes;

/// <summary>
/// A client that is sent to a worker, asks it a number of things, leaves, and comes again, wherever it is sent then. A connection
/// that it is told to give up (close code 1001) it gives up and comes again; everything else that goes wrong is a failure.
/// </summary>
public sealed class ReturningClient : IAsyncDisposable
{
    private readonly ManagerClient _managers;
    private readonly FleetClient _fleet;
    private readonly int _requests;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _run;
    private int _told;

    /// <param name="manager">Whom to ask for a worker.</param>
    /// <param name="requests">How many things it asks before it leaves.</param>
    public ReturningClient(ServerAddress manager, int requests)
    {
        _managers = new ManagerClient([manager]);
        _fleet = new FleetClient(_managers);
        _requests = requests;
        _run = RunAsync();
    }

    /// <summary>Answers it has had from each worker, by node id.</summary>
    public ConcurrentDictionary<string, int> Answers { get; } = new();

    /// <summary>Connections it was told to give up.</summary>
    public int Told => Volatile.Read(ref _told);

    /// <summary>What went wrong, when something did; otherwise it is still at work.</summary>
    public Exception? Failure => _run.Exception?.InnerException;

    /// <summary>Ends after the present request.</summary>
    public async Task FinishAsync()
    {
        await _over.CancelAsync();
        await _run;
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _run.ContinueWith(_ => { }, TaskScheduler.Default);
        await _managers.DisposeAsync();
        _over.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            await using var connection = await _fleet.ConnectAsync();
            try
            {
                for (var request = 0; request < _requests && !_over.IsCancellationRequested; request++)
                    await AskAsync(connection, request);
            }
            catch (ConnectionLostException lost) when (lost.Message.Contains("1001", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _told);
            }
        }
    }

    private async Task AskAsync(WorkerConnection connection, int request)
    {
        try
        {
            await connection.SendAsync($"request {request}");
        }
        catch (ConnectionLostException)
        {
            // Why is in what the worker has sent before: it comes out below.
        }

        var answer = (await connection.ReceiveAsync()).Text;
        if (answer != $"request {request}")
            throw new InvalidOperationException($"request {request} is answered with {answer}");
        Answers.AddOrUpdate(connection.Allocation.Node!, 1, (_, count) => count + 1);

        // A fleet is not kept at its limit; this leaves the processor to the restarts.
        await Task.Delay(2);
    }
}
