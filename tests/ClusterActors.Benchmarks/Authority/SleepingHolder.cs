using System.Diagnostics;
using ClusterActors.Benchmarks.Fleets;
using ClusterActors.Client;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Benchmarks.Authority;

/// <summary>
/// The holder is stopped for longer than its lease, in the middle of allocations; what it is asked meanwhile lies in its sockets when it
/// wakes, over links that were open before. It must refuse all of it and pass on none of it, since another manager holds authority by then.
/// </summary>
/// <param name="fleet">The fleet.</param>
/// <param name="pause">How long it is stopped.</param>
internal sealed class SleepingHolder(ManagedFleet fleet, TimeSpan pause)
{
    private const int Allocations = 16;
    private const int AllocationsBefore = 16;
    private const int CommandsEach = 4;

    private static readonly TimeSpan LoopPause = TimeSpan.FromMilliseconds(2);

    // Time in which a holder that does not know its place would disturb its successor.
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(2);

    private int _asked;
    private int _accepted;
    private int _sent;
    private int _disturbed;

    /// <summary>Runs the rounds.</summary>
    /// <returns>
    /// A line of <c>key=value</c>: requests <c>asked</c> of the sleeping holder, those it <c>accepted</c>, those that a worker saw all the
    /// same (<c>sent</c>), successors that were <c>disturbed</c>, <c>stale</c> allocations of the client that goes on meanwhile.
    /// </returns>
    public async Task<string> MeasureAsync(int rounds)
    {
        var gaps = new Gaps();
        await fleet.SettleAsync();
        await using var loop = new AllocationLoop(fleet.Addresses, LoopPause);
        for (var round = 0; round < rounds; round++)
        {
            var holder = await fleet.SettleAsync();
            await loop.WatchAsync(holder);
            gaps.Add(await SleepAsync(holder.Manager, loop));
            var successor = await fleet.SettleAsync();
            await Task.Delay(Aftermath);
            if (successor.Manager == holder.Manager || (await fleet.SettleAsync()).Epoch != successor.Epoch)
                _disturbed++;
        }

        await loop.FinishAsync();
        return $"{gaps} asked={_asked} accepted={_accepted} sent={_sent} disturbed={_disturbed} lost={loop.Asked - loop.Answered} stale={loop.Stale}";
    }

    private async Task<double> SleepAsync(NodeUnderTest holder, AllocationLoop loop)
    {
        var clients = await ConnectAsync(holder.Address);
        try
        {
            var seqs = new List<string>();
            var began = Stopwatch.GetTimestamp();
            var before = clients.Take(AllocationsBefore).Select(AllocateAsync).ToArray();
            await holder.StopAsync();
            var meanwhile = clients.Skip(AllocationsBefore).Select((client, index) => AskAsync(client, index, seqs)).ToArray();
            var gap = loop.GapAsync(began);
            await Task.Delay(pause);
            if (meanwhile.Any(answer => answer.IsCompleted))
                throw new InvalidDataException("the holder that was stopped answered");

            // What it answered before it was stopped has been here for long.
            var open = before.Where(answer => !answer.IsCompleted).Concat(meanwhile).ToArray();
            holder.Send(Signal.Continue);
            foreach (var code in await Task.WhenAll(open))
                Count(code);
            _sent += seqs.Sum(seq => fleet.Workers.Sum(worker => worker.Count($"seq {seq}:")));
            return await gap;
        }
        finally
        {
            foreach (var client in clients)
                await client.DisposeAsync();
        }
    }

    /// <summary>Links of their own to this manager alone; they follow nobody and do not wait for a holder.</summary>
    private async Task<IReadOnlyList<ManagerClient>> ConnectAsync(ServerAddress holder)
    {
        var patience = pause + TimeSpan.FromSeconds(20);
        var settings = new ClientSettings { Timeout = patience, CommandTimeout = patience, AuthorityWait = TimeSpan.Zero, MaxRedirects = 0 };
        var clients = Enumerable.Range(0, AllocationsBefore + Allocations + (CommandsEach * fleet.Workers.Count))
            .Select(_ => new ManagerClient([holder], settings)).ToArray();
        await Task.WhenAll(clients.Select(client => client.ViewAsync()));
        return clients;
    }

    private Task<string?> AskAsync(ManagerClient client, int index, List<string> seqs)
    {
        if (index < Allocations)
            return AllocateAsync(client);
        var seq = $"asleep-{Guid.NewGuid().ToString("N")[..16]}";
        seqs.Add(seq);
        var worker = fleet.Workers[index % fleet.Workers.Count].Name;
        return RefusalAsync(() => client.CommandAsync(worker, new ServerCommand.AddThreads(1), seq, by: "benchmark"));
    }

    private static Task<string?> AllocateAsync(ManagerClient client) => RefusalAsync(() => client.AllocateAsync());

    /// <summary>Why a request was refused; null when it was not.</summary>
    private static async Task<string?> RefusalAsync(Func<Task> request)
    {
        try
        {
            await request();
            return null;
        }
        catch (RequestRefusedException refused)
        {
            return refused.Code;
        }
    }

    /// <summary>
    /// <c>stale-epoch</c> comes from a worker: the command had been passed on to it. <c>timeout</c> says that the time of a request that was
    /// taken up before the stop was over at the wake; whether a command reached a worker all the same, the workers' logs say.
    /// </summary>
    private void Count(string? code)
    {
        _asked++;
        if (code is null)
            _accepted++;
        else if (code == FailureCode.StaleEpoch)
            _sent++;
        else if (code is not (FailureCode.NotAuthority or FailureCode.Timeout))
            throw new InvalidDataException($"the holder that was stopped refused a request as {code} instead of {FailureCode.NotAuthority}");
    }
}
