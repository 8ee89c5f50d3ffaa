using System.Diagnostics;
using ClusterActors.Client;

namespace ClusterActors.Node.Tests.Processes.Authority;

/// <summary>Asks every manager all the time whether it holds management authority itself, and keeps each yes.</summary>
public sealed class HolderWatch : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(30);
    private static readonly ClientSettings Settings = new() { Timeout = TimeSpan.FromSeconds(1) };

    private readonly CancellationTokenSource _over = new();
    private readonly Chronicle _chronicle;
    private readonly Task[] _runs;

    public HolderWatch(IEnumerable<ServerAddress> managers, Chronicle chronicle)
    {
        _chronicle = chronicle;
        _runs = [.. managers.Select(RunAsync)];
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await Task.WhenAll(_runs);
    }

    private async Task RunAsync(ServerAddress manager)
    {
        await using var client = new ManagerClient([manager], Settings);
        while (!_over.IsCancellationRequested)
        {
            var asked = Stopwatch.GetTimestamp();
            try
            {
                var view = await client.ViewAsync(_over.Token);
                if (view.Holder == manager.ToString())
                    _chronicle.Add(new Sighting(view.Holder, view.Epoch, asked, Stopwatch.GetTimestamp(), "said that it holds"));
            }
            catch (FleetException)
            {
                // It is down, or stopped.
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }
}
