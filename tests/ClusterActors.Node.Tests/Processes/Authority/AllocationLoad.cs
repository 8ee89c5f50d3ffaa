using System.Diagnostics;
using ClusterActors.Client;

namespace ClusterActors.Node.Tests.Processes.Authority;

/// <summary>Allocates all the time through every manager, one client for each, and keeps every answer with its epoch and time.</summary>
public sealed class AllocationLoad : IAsyncDisposable
{
    public const string What = "allocated";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    // A client that waits for a manager that is stopped learns nothing meanwhile.
    private static readonly ClientSettings Impatient = new() { Timeout = TimeSpan.FromSeconds(1), AuthorityWait = TimeSpan.Zero };

    private readonly CancellationTokenSource _over = new();
    private readonly Chronicle _chronicle;
    private readonly Task[] _runs;
    private int _refused;

    /// <param name="managers">Whom to ask.</param>
    /// <param name="chronicle">Where the answers go.</param>
    /// <param name="isPatient">Whether a client asks as an application would, on and on; otherwise once, at its own manager and where that sends it.</param>
    public AllocationLoad(IReadOnlyList<ServerAddress> managers, Chronicle chronicle, bool isPatient)
    {
        _chronicle = chronicle;
        _runs = [.. managers.Select(own => RunAsync(isPatient ? new ManagerClient([own, .. managers.Where(other => other != own)]) : new ManagerClient([own], Impatient)))];
    }

    /// <summary>Allocations that failed although the client had the patience that it has.</summary>
    public int Refused => Volatile.Read(ref _refused);

    /// <summary>The last reason.</summary>
    public string Refusal { get; private set; } = "";

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await Task.WhenAll(_runs);
    }

    private async Task RunAsync(ManagerClient client)
    {
        await using var closing = client;
        while (!_over.IsCancellationRequested)
        {
            var asked = Stopwatch.GetTimestamp();
            try
            {
                var allocation = await client.AllocateAsync(null, false, _over.Token);
                _chronicle.Add(new Sighting(allocation.Manager.ToString(), allocation.Epoch!.Value, asked, Stopwatch.GetTimestamp(), What));
            }
            catch (FleetException refused)
            {
                Refusal = refused.Message;
                Interlocked.Increment(ref _refused);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }
}
