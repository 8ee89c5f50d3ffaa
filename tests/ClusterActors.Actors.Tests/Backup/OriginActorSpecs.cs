using System.Collections.Concurrent;
using System.Text;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using ClusterActors.Actors.Backup;
using ClusterActors.Actors.Data;
using ClusterActors.Actors.Tests.Harness;
using ClusterActors.Protocol.Data;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests.Backup;

/// <summary>The owner of business data over a real store.</summary>
public class OriginActorSpecs : TestKit
{
    private sealed class Waiter : IDataWaiter
    {
        private readonly TaskCompletionSource<DataOutcome> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<DataOutcome> Outcome => _told.Task.WaitAsync(Eventually.Limit);

        public void Told(in DataOutcome outcome) => _told.SetResult(outcome);
    }

    private sealed class Changes : IDataListener
    {
        public ConcurrentQueue<string> Told { get; } = new();

        public void Changed(in DataChange change) =>
            Told.Enqueue($"{change.Kind} {Encoding.UTF8.GetString(change.Key)}={Encoding.UTF8.GetString(change.Value)} {change.Version}");

        public void Ended(string why)
        {
        }
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Time { get; set; } = DateTimeOffset.UnixEpoch.AddDays(20_000);

        public override DateTimeOffset GetUtcNow() => Time;
    }

    private readonly TemporaryFiles _files = new();
    private readonly Clock _clock = new();
    private long _free = long.MaxValue;

    public OriginActorSpecs()
        : base(NodeRegistration.ReadAkkaReference())
    {
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _files.Dispose();
    }

    private (OriginStore Store, IActorRef Actor, Startup Startup) Start()
    {
        var store = new OriginStore(_clock);
        var startup = new Startup(clusterPort: true, businessPorts: 0);
        var actor = Sys.ActorOf(BackupActor.Props(new OriginPlan
        {
            Directory = Path.Combine(_files.Root, "origin"),
            SegmentBytes = 64 * 1024,
            MemoryBytes = 8 * 1024 * 1024,
            ReserveBytes = 1000,
            Store = store,
            Startup = startup,
            FreeBytes = _ => Volatile.Read(ref _free),
            Time = _clock,
        }));
        return (store, actor, startup);
    }

    private async Task<(OriginStore Store, IActorRef Actor)> OpenAsync()
    {
        var (store, actor, _) = Start();
        await Eventually.HoldsAsync(() => store.ReadRefusal is null, "the store is open");
        return (store, actor);
    }

    private async Task StopAsync(IActorRef actor)
    {
        Watch(actor);
        Sys.Stop(actor);
        await ExpectTerminatedAsync(actor, Eventually.Limit);
    }

    private static Task<DataOutcome> WriteAsync(
        OriginStore store, DataWriteKind kind, string key, string value = "", EntryCondition condition = default, int? seconds = null)
    {
        var waiter = new Waiter();
        store.Write(
            new DataWrite(
                kind, Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(value), condition, seconds is { } life ? TimeSpan.FromSeconds(life) : null),
            waiter);
        return waiter.Outcome;
    }

    private static Task<DataOutcome> PutAsync(OriginStore store, string key, string value, EntryCondition condition = default, int? seconds = null) =>
        WriteAsync(store, DataWriteKind.Put, key, value, condition, seconds);

    private static string? Get(OriginStore store, string key) =>
        store.Get(Encoding.UTF8.GetBytes(key)).Entry is { } entry ? $"{Encoding.UTF8.GetString(entry.Value.Span)} {entry.Version}" : null;

    [Fact]
    public async Task What_is_acknowledged_can_be_read_and_is_there_after_a_restart_in_a_newer_term()
    {
        var (store, actor) = await OpenAsync();

        var outcome = await PutAsync(store, "a", "1");
        Assert.Equal(DataOutcome.Written(new EntryVersion(0, 1, 2), AckLevel.Local), outcome);
        Assert.Equal("1 0.1.2", Get(store, "a"));
        await StopAsync(actor);
        Assert.Equal("not-ready", store.Get("a"u8).Refusal!.Code);

        var (again, _) = await OpenAsync();
        Assert.Equal("1 0.1.2", Get(again, "a"));
        Assert.Equal(new EntryVersion(0, 2, 4), (await PutAsync(again, "b", "2")).Version);
    }

    [Fact]
    public async Task Conditions_are_judged_in_the_order_of_the_writes()
    {
        var (store, _) = await OpenAsync();

        var first = PutAsync(store, "a", "1", EntryCondition.Absent);
        var second = PutAsync(store, "a", "2", EntryCondition.Absent);
        var third = WriteAsync(store, DataWriteKind.Remove, "a");
        var fourth = WriteAsync(store, DataWriteKind.Remove, "a");

        var version = (await first).Version;
        Assert.Equal(DataOutcome.Conflict(version), await second);
        Assert.Equal(DataResult.Written, (await third).Result);
        Assert.Equal(DataOutcome.NotFound, await fourth);
        Assert.Null(Get(store, "a"));
    }

    [Fact]
    public async Task Listeners_hear_of_changes_in_their_order()
    {
        var (store, _, _) = Start();
        var changes = new Changes();
        store.Listen(changes);
        await Eventually.HoldsAsync(() => store.ReadRefusal is null, "the store is open");

        await PutAsync(store, "a", "1");
        await PutAsync(store, "a", "2");
        await WriteAsync(store, DataWriteKind.Remove, "a");

        Assert.Equal(["Put a=1 0.1.2", "Put a=2 0.1.3", "Remove a= 0.1.4"], changes.Told);
    }

    [Fact]
    public async Task An_entry_whose_time_is_over_is_not_read_and_then_removed()
    {
        var (store, _, _) = Start();
        var changes = new Changes();
        store.Listen(changes);
        await Eventually.HoldsAsync(() => store.ReadRefusal is null, "the store is open");
        await PutAsync(store, "a", "1", seconds: 60);
        _clock.Time += TimeSpan.FromSeconds(59);
        Assert.Equal("1 0.1.2", Get(store, "a"));

        _clock.Time += TimeSpan.FromSeconds(1);

        Assert.Null(Get(store, "a"));
        await Eventually.HoldsAsync(() => changes.Told.Contains("Expire a= 0.1.3"), "it is removed");
    }

    [Fact]
    public async Task A_full_disk_takes_no_writes_and_is_read_and_takes_them_again()
    {
        var (store, actor) = await OpenAsync();
        await PutAsync(store, "a", "1");
        actor.Tell(OriginCommands.Subscribe.Instance);
        await ExpectMsgAsync(new OriginEvents.Standing(true, null));

        Volatile.Write(ref _free, 999);

        var full = await ExpectMsgAsync<OriginEvents.Standing>(Eventually.Limit);
        Assert.Equal("the disk of this server is full: 999 bytes are free and 1000 are needed (store.reserve)", full.Refusal);
        Assert.Equal(DataOutcome.Refused(DataRefusal.Unavailable(full.Refusal!)), await PutAsync(store, "a", "2"));
        Assert.Equal("1 0.1.2", Get(store, "a"));

        Volatile.Write(ref _free, 1000);

        Assert.Null((await ExpectMsgAsync<OriginEvents.Standing>(Eventually.Limit)).Refusal);
        Assert.Equal(DataResult.Written, (await PutAsync(store, "a", "2")).Result);
    }

    [Fact]
    public async Task Segments_that_the_entries_do_not_need_any_more_are_dropped()
    {
        var (store, actor) = await OpenAsync();
        var value = new string('x', 10_000);

        for (var i = 0; i < 40; i++)
            await PutAsync(store, $"k{i}", value);

        var segments = Directory.GetFiles(Path.Combine(_files.Root, "origin", "log"), "*.log");
        Assert.InRange(segments.Length, 1, 2);
        await StopAsync(actor);
        var (again, _) = await OpenAsync();
        Assert.All(Enumerable.Range(0, 40), i => Assert.StartsWith(value, Get(again, $"k{i}"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Writes_under_way_in_their_hundreds_are_all_told()
    {
        var (store, _) = await OpenAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => PutAsync(store, $"k{i % 50}", $"{i}")));

        Assert.Equal(Enumerable.Range(0, 500).Select(i => new EntryVersion(0, 1, i + 2)), outcomes.Select(outcome => outcome.Version!.Value));
        Assert.Equal($"499 {new EntryVersion(0, 1, 501)}", Get(store, "k49"));
    }

    public class WhatIsDamaged : OriginActorSpecs
    {
        private async Task<string> BreakAsync(Action<string> damage)
        {
            var (store, actor) = await OpenAsync();
            await PutAsync(store, "a", "1");
            await StopAsync(actor);
            damage(Path.Combine(_files.Root, "origin"));

            var (broken, _, startup) = Start();
            var failure = await Assert.ThrowsAsync<StoreBrokenException>(() => startup.Ready.WaitAsync(Eventually.Limit));
            Assert.Equal("not-ready", broken.Get("a"u8).Refusal!.Code);
            return failure.Message;
        }

        [Fact]
        public async Task A_durable_record_that_is_not_as_it_was_stops_the_start()
        {
            var message = await BreakAsync(directory =>
            {
                var segment = Directory.GetFiles(Path.Combine(directory, "log")).Single();
                using var file = File.Open(segment, FileMode.Open);
                file.Position = 64 + 20;
                file.WriteByte(0xff);
            });

            Assert.Contains(".log is damaged at byte 64: ", message, StringComparison.Ordinal);
        }

        [Fact]
        public async Task A_log_that_is_gone_stops_the_start()
        {
            var message = await BreakAsync(directory => Directory.Delete(Path.Combine(directory, "log"), recursive: true));

            Assert.Contains("there is no log in", message, StringComparison.Ordinal);
        }

        [Fact]
        public async Task A_missing_count_of_the_starts_stops_the_start()
        {
            var message = await BreakAsync(directory => File.Delete(Path.Combine(directory, "origin.json")));

            Assert.Contains("origin.json is missing, and there is data beside it", message, StringComparison.Ordinal);
        }

        [Fact]
        public async Task A_count_of_the_starts_that_was_changed_stops_the_start()
        {
            var message = await BreakAsync(directory =>
            {
                var file = Path.Combine(directory, "origin.json");
                File.WriteAllText(file, File.ReadAllText(file).Replace("\"start\": 1", "\"start\": 0", StringComparison.Ordinal));
            });

            Assert.Contains("origin.json cannot be used: its sha256 does not belong to what it says", message, StringComparison.Ordinal);
        }

        [Fact]
        public async Task Entries_that_are_gone_are_built_again_from_a_log_that_is_whole()
        {
            var (store, actor) = await OpenAsync();
            await PutAsync(store, "a", "1");
            await StopAsync(actor);
            Directory.Delete(Path.Combine(_files.Root, "origin", "entries"), recursive: true);

            var (again, _) = await OpenAsync();

            Assert.Equal("1 0.1.2", Get(again, "a"));
        }
    }
}
