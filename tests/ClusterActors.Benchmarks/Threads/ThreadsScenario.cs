using System.Diagnostics;
using System.Globalization;
using ClusterActors.Benchmarks.Fleets;
using ClusterActors.Client;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Benchmarks.Threads;

/// <summary>
/// Clients that keep a worker with <see cref="BlockingHandler"/> busy while commands give it 1, 2 and 4 threads, round by round. The
/// clients stay connected all along, so what an added thread does it takes from connections that were there before it.
/// </summary>
internal sealed class ThreadsScenario
{
    private static readonly int[] Sizes = [1, 2, 4];

    // Until what was under way when the threads were changed is answered: 64 messages of 5 ms on one thread, and some.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(1);

    private readonly FleetUnderTest _fleet;
    private readonly IReadOnlyList<EchoClient> _clients;
    private readonly TimeSpan _time;
    private int _threads;

    private ThreadsScenario(FleetUnderTest fleet, IReadOnlyList<EchoClient> clients, int threads, TimeSpan time)
    {
        _fleet = fleet;
        _clients = clients;
        _threads = threads;
        _time = time;
    }

    /// <summary>Runs the scenario and prints one line of <c>key=value</c> per round: messages per second by number of threads.</summary>
    /// <returns>0; 1 when a command was not executed, an answer was wrong, or a client was lost.</returns>
    public static async Task<int> RunAsync(ThreadsOptions options)
    {
        try
        {
            await using var fleet = await FleetUnderTest.FindAsync(options.Port);
            var clients = await fleet.ConnectAsync(options.Clients);
            var threads = (await fleet.ReportAsync()).WorkerCount;
            var runs = clients.Select(client => client.RunAsync()).ToArray();
            await new ThreadsScenario(fleet, clients, threads, TimeSpan.FromSeconds(options.Seconds)).MeasureAsync(options.Rounds);
            foreach (var client in clients)
                client.Stop();
            await Task.WhenAll(runs);
            return 0;
        }
        catch (Exception failure) when (failure is FleetException or TimeoutException or InvalidDataException or OperationCanceledException)
        {
            Console.Error.WriteLine($"threads: {failure.Message}");
            return 1;
        }
    }

    private async Task MeasureAsync(int rounds)
    {
        for (var round = 1; round <= rounds; round++)
        {
            var figures = new List<string>();
            foreach (var threads in Sizes)
            {
                await ResizeAsync(threads);
                await Task.Delay(Settle);
                var rate = await RateAsync();
                figures.Add(string.Create(CultureInfo.InvariantCulture, $"per_s_{threads}={rate:F1}"));
            }

            Console.WriteLine($"round={round} {string.Join(' ', figures)}");
        }
    }

    private async Task ResizeAsync(int threads)
    {
        if (threads == _threads)
            return;
        ServerCommand command = threads > _threads
            ? new ServerCommand.AddThreads(threads - _threads)
            : new ServerCommand.RemoveThreads(_threads - threads);
        var outcome = await _fleet.CommandAsync(command);
        if (outcome.After != threads.ToString(CultureInfo.InvariantCulture))
            throw new InvalidDataException($"worker threads {outcome.Before} -> {outcome.After} instead of {threads}");
        _threads = threads;
    }

    private async Task<double> RateAsync()
    {
        var (answered, began) = (Answered(), Stopwatch.GetTimestamp());
        await Task.Delay(_time);
        return (Answered() - answered) / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private long Answered() => _clients.Sum(client => client.Answered);
}
