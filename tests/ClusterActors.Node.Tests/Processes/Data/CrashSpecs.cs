using System.Diagnostics;
using System.Globalization;
using ClusterActors.Client;

namespace ClusterActors.Node.Tests.Processes.Data;

/// <summary>A server of business data that is ended under load: what it acknowledged and what it showed is there afterwards.</summary>
public sealed class CrashSpecs : IDisposable
{
    private const int KillsInSoak = 50;

    private readonly ScratchFolder _folder = new();
    private readonly History _history = new();

    [Fact]
    public Task Every_acknowledged_write_is_there_after_each_of_five_kills() => RunAsync(1, done => done < 5, server => server.KillAsync());

    [Fact]
    [Trait("Category", "Soak")]
    public Task Every_acknowledged_write_is_there_after_as_many_kills_as_asked()
    {
        var minutes = double.Parse(Environment.GetEnvironmentVariable(ResizeUnderLoadSpecs.SoakMinutes) ?? "10", CultureInfo.InvariantCulture);
        var watch = Stopwatch.StartNew();
        return RunAsync(Random.Shared.Next(2, 1_000_000), done => done < KillsInSoak || watch.Elapsed < TimeSpan.FromMinutes(minutes), server => server.KillAsync());
    }

    [Fact]
    public Task Every_acknowledged_write_is_there_after_it_left_under_load() => RunAsync(2, done => done < 2, server => server.LeaveAsync());

    [Fact]
    public Task Every_acknowledged_write_is_there_when_files_of_the_log_are_begun_and_dropped_all_the_time() =>
        RunAsync(
            3,
            done => done < 3,
            async server =>
            {
                await server.KillAsync();
                Assert.True(StoredLog.In(_folder.Path).Newest.First > 1, "the first file of the log is still the only one");
            },
            new LoadShape { Clients = 2, OwnKeys = 6, Burst = 3, Lengths = [1024 * 1024, 300_000, 100] },
            "store.segmentSize=1MiB",
            "store.memory=8MiB",
            "connection.maxMessageBytes=1100000");

    [Fact]
    public async Task Another_client_reads_a_write_that_was_acknowledged_just_before_the_kill()
    {
        await using var server = new DataServer(_folder.Path);
        await server.StartAsync();
        await using (var writer = await DataClient.ConnectAsync(server.Port))
        {
            var written = await writer.PutAsync("key", "value");
            Assert.True(written.IsOk, written.Msg);
            Assert.Equal(Protocol.Data.AckLevel.Local, written.Acks);
            await server.KillAsync();

            await server.StartAsync();
            await using var reader = await DataClient.ConnectAsync(server.Port);
            var read = await reader.GetAsync("key");

            Assert.Equal("value", DataClient.TextOf(read));
            Assert.Equal(written.Version, read.Version);
            Assert.True((await reader.PutAsync("key", "newer", Protocol.Data.EntryCondition.Of(written.Version!.Value))).IsOk);
        }
    }

    [Fact]
    public async Task A_server_that_is_killed_while_it_makes_its_store_starts_again()
    {
        for (var kill = 0; kill < 4; kill++)
        {
            await using var server = new DataServer(Path.Combine(_folder.Path, kill.ToString(CultureInfo.InvariantCulture)));
            server.Launch();
            await server.HasMadeAsync(kill switch
            {
                0 => "origin",
                1 => Path.Combine("origin", "entries"),
                2 => Path.Combine("origin", "log"),
                _ => Path.Combine("origin", "origin.json"),
            });
            await server.KillAsync();

            await server.StartAsync();

            await using var client = await DataClient.ConnectAsync(server.Port);
            Assert.True((await client.PutAsync("key", "value")).IsOk);
        }
    }

    public void Dispose() => _folder.Dispose();

    private async Task RunAsync(int seed, Func<int, bool> goesOn, Func<DataServer, Task> endAsync, LoadShape? shape = null, params string[] settings)
    {
        var random = new Random(seed);
        var unit = shape is null ? 300 : 20;
        await using var server = new DataServer(_folder.Path, settings);
        await server.StartAsync();
        for (var round = 1; goesOn(round - 1); round++)
        {
            await using (var load = await DataLoad.StartAsync(server.Port, _history, (seed * 1000) + round, shape))
            {
                await load.HasWrittenAsync(unit + random.Next(unit * 2));
                await endAsync(server);
                await load.FinishAsync();
            }

            _history.Restarted();
            await server.StartAsync();
            await Readback.AssertAsync(server.Port, _history, $"r{round}", $"seed {seed}, round {round}\n{server.Output}");
        }

        Assert.NotEmpty(_history.Deeds);
    }
}
