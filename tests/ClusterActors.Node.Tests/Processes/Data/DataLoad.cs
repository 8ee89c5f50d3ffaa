using ClusterActors.Protocol.Data;
using ClusterActors.TestSupport;

namespace ClusterActors.Node.Tests.Processes.Data;

/// <summary>
/// Clients that never rest until they are told to, or their server is gone: they put, put on a condition, remove and read keys of their own, several requests under
/// way at a time, read keys of each other, and count up counters that they share.
/// </summary>
public sealed class DataLoad : IAsyncDisposable
{
    private readonly List<DataClient> _clients = [];
    private readonly History _history;
    private readonly LoadShape _shape;
    private readonly int _seed;
    private Task _run = Task.CompletedTask;
    private volatile bool _over;
    private long _written;
    private long _refused;

    private DataLoad(History history, LoadShape shape, int seed)
    {
        _history = history;
        _shape = shape;
        _seed = seed;
    }

    /// <summary>Writes that were acknowledged so far.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Requests that were refused so far.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Connects the clients and lets them loose.</summary>
    /// <param name="port">A business port.</param>
    /// <param name="history">Takes all they ask for.</param>
    /// <param name="seed">Of all that is done at random; no two loads of one history have the same.</param>
    /// <param name="shape">How many, and what they do.</param>
    public static async Task<DataLoad> StartAsync(int port, History history, int seed, LoadShape? shape = null)
    {
        var load = new DataLoad(history, shape ?? new LoadShape(), seed);
        for (var i = 0; i < load._shape.Clients; i++)
            load._clients.Add(await DataClient.ConnectAsync(port));
        load._run = Task.WhenAll(load._clients.SelectMany((client, number) => load.Loops(client, number)));
        return load;
    }

    /// <summary>Waits until so many writes were acknowledged.</summary>
    public Task HasWrittenAsync(long count) =>
        Eventually.HoldsAsync(() => Written >= count || _run.IsCompleted, $"{count} writes are acknowledged; {Written} are, and {Refused} requests were refused (seed {_seed})");

    /// <summary>Sends no more and waits for the last answers, or for the end of the server that was ended.</summary>
    public Task FinishAsync()
    {
        _over = true;
        return _run.WaitAsync(Eventually.Limit);
    }

    public async ValueTask DisposeAsync()
    {
        _over = true;
        foreach (var client in _clients)
            await client.DisposeAsync();
    }

    private IEnumerable<Task> Loops(DataClient client, int number)
    {
        var recorded = new RecordedClient(client, $"c{_seed}-{number}", _history);
        yield return UseOwnKeysAsync(recorded, number, new Random(HashCode.Combine(_seed, number)));
        yield return CountAsync(recorded, new Random(HashCode.Combine(_seed, number, "counter".Length)));
    }

    private async Task UseOwnKeysAsync(RecordedClient client, int number, Random random)
    {
        var seen = new Dictionary<string, EntryVersion>();
        while (!_over && !client.IsOver)
        {
            var burst = Enumerable.Range(0, random.Next(1, _shape.Burst + 1)).Select(_ => AskAsync(client, number, random, seen)).ToArray();
            foreach (var deed in await Task.WhenAll(burst))
            {
                await TakeAsync(deed);
                if (deed is { IsWrite: true, Version: { } version })
                    seen[deed.Key] = version;
            }
        }
    }

    private Task<Deed> AskAsync(RecordedClient client, int number, Random random, Dictionary<string, EntryVersion> seen)
    {
        var key = OwnKey(number, random.Next(_shape.OwnKeys));
        switch (random.Next(20))
        {
            case < 11:
                return client.PutAsync(key, Length(random));
            case < 14:
                return client.PutAsync(key, Length(random), seen.TryGetValue(key, out var version) ? EntryCondition.Of(version) : EntryCondition.Absent);
            case < 16:
                return client.RemoveAsync(key);
            case < 18:
                return client.GetAsync(key);
            default:
                return client.GetAsync(OwnKey(random.Next(_shape.Clients), random.Next(_shape.OwnKeys)));
        }
    }

    private async Task CountAsync(RecordedClient client, Random random)
    {
        while (!_over && !client.IsOver)
        {
            var key = $"counter-{random.Next(_shape.Counters)}";
            var found = await TakeAsync(await client.GetAsync(key));
            if (found.End == DeedEnd.Done)
                await TakeAsync(await client.PutAsync(key, Length(random), EntryCondition.Of(found.Version!.Value), LabelledValue.CountIn(found.Shows!) + 1));
            else if (found.End == DeedEnd.Missing)
                await TakeAsync(await client.PutAsync(key, Length(random), EntryCondition.Absent, 1));
        }
    }

    private async Task<Deed> TakeAsync(Deed deed)
    {
        if (deed is { IsWrite: true, End: DeedEnd.Done })
            Interlocked.Increment(ref _written);
        if (deed.End == DeedEnd.Refused)
        {
            // It is asked again soon enough.
            Interlocked.Increment(ref _refused);
            await Task.Delay(5);
        }

        return deed;
    }

    private int Length(Random random) => _shape.Lengths[random.Next(_shape.Lengths.Count)];

    private static string OwnKey(int client, int number) => $"own-{client}-{number}";
}
