using System.Collections.Concurrent;
using System.Diagnostics;
using ClusterActors.Client;

namespace ClusterActors.Benchmarks.Authority;

/// <summary>A client application that asks for one worker after the other through all managers: the library waits and follows.</summary>
internal sealed class AllocationLoop : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(2);

    private readonly ManagerClient _client;
    private readonly TimeSpan _pause;
    private readonly CancellationTokenSource _over = new();
    private readonly ConcurrentQueue<Allocated> _news = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly Task _run;
    private long _newest;
    private long _watched = long.MaxValue;
    private long _asked;
    private long _answered;
    private long _stale;

    /// <param name="managers">All of them.</param>
    /// <param name="pause">Between an answer and the next request.</param>
    public AllocationLoop(IReadOnlyList<ServerAddress> managers, TimeSpan pause)
    {
        _client = new ManagerClient(managers);
        _pause = pause;
        _run = Task.Run(RunAsync);
    }

    /// <summary>Requests that failed in the end, in words.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>Requests so far.</summary>
    public long Asked => Interlocked.Read(ref _asked);

    /// <summary>Requests that got a worker.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>Answers of an older holder to a request that was made after the answer of a newer one.</summary>
    public long Stale => Interlocked.Read(ref _stale);

    /// <summary>Waits until the present holder has answered; from then on the answers of its successors are noted.</summary>
    /// <exception cref="TimeoutException">It did not within 60 s.</exception>
    public async Task WatchAsync(Holder holder)
    {
        await UntilAsync(() => Interlocked.Read(ref _newest) >= holder.Epoch, $"{holder.Manager.Name} allocates");
        _news.Clear();
        Interlocked.Exchange(ref _watched, holder.Epoch);
    }

    /// <summary>Waits for the first success that was asked for after an event and answered by a newer holder than the one watched.</summary>
    /// <param name="began">The event, as <see cref="Stopwatch.GetTimestamp"/>.</param>
    /// <returns>Milliseconds from the event to that answer.</returns>
    /// <exception cref="TimeoutException">There was none within 60 s.</exception>
    public async Task<double> GapAsync(long began)
    {
        Allocated? first = null;
        await UntilAsync(
            () =>
            {
                while (first is null && _news.TryDequeue(out var next))
                    first = next.Asked >= began ? next : null;
                return first is not null;
            },
            $"a successor of the holder at epoch {_watched} allocates");
        Interlocked.Exchange(ref _watched, long.MaxValue);
        return Stopwatch.GetElapsedTime(began, first!.Value.Answered).TotalMilliseconds;
    }

    /// <summary>Asks no more and waits for the last answer, so that every request is either answered or failed.</summary>
    public async Task FinishAsync()
    {
        await _over.CancelAsync();
        await _run.WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        await FinishAsync();
        await _client.DisposeAsync();
        _over.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            var asked = Stopwatch.GetTimestamp();
            Interlocked.Increment(ref _asked);
            try
            {
                // Not cancelled: a request that is under way at the end counts like any other.
                var allocation = await _client.AllocateAsync(cancellation: CancellationToken.None);
                Note(new Allocated(asked, Stopwatch.GetTimestamp(), allocation.Epoch ?? 0));
            }
            catch (FleetException failure)
            {
                _failures.Enqueue(failure.Message);
            }

            if (_pause > TimeSpan.Zero)
                await Task.Delay(_pause);
        }
    }

    private void Note(Allocated allocated)
    {
        Interlocked.Increment(ref _answered);
        if (allocated.Epoch < _newest)
            Interlocked.Increment(ref _stale);
        else
            Interlocked.Exchange(ref _newest, allocated.Epoch);
        if (allocated.Epoch > Interlocked.Read(ref _watched))
            _news.Enqueue(allocated);
    }

    private async Task UntilAsync(Func<bool> condition, string expectation)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!condition())
        {
            if (limit.IsCancellationRequested)
                throw new TimeoutException($"not within {Patience.TotalSeconds} s: {expectation}; {string.Join(" / ", _failures.TakeLast(3))}");
            await Task.Delay(PollInterval, CancellationToken.None);
        }
    }
}
