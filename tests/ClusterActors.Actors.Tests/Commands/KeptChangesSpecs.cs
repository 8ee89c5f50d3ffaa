using ClusterActors.Actors.Tests.Harness;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests.Commands;

/// <summary>What commands changed, after a restart of the node.</summary>
public sealed class KeptChangesSpecs : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    private string Keeping(string more = "") =>
        $"node = \"w:1\", dataDirectory = \"{_files.Root}\", worker.keepChanges = on, worker.threads = 2, worker.handler = echo\n{more}";

    /// <summary>What the node keeps, of whatever name; a worker always keeps how new a holder it obeys.</summary>
    private IEnumerable<string?> Kept() =>
        Directory.GetFiles(_files.Root, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order();

    private string FilePath => Path.Combine(_files.Root, "w%3A1", "worker-changes.json");

    [Fact]
    public async Task They_hold_when_that_is_configured_and_the_log_names_them()
    {
        var port = FreePort.Next();
        await using (var worker = await CommandedWorker.StartAsync(Keeping()))
        {
            await worker.DoAsync("action=2&count=3");
            Assert.Null((await worker.CommandAsync($"action=7&port={port}")).Find("kept"));
            await worker.DoAsync("action=10&on=1");
        }

        await using var again = await CommandedWorker.StartAsync(Keeping());

        Assert.Equal(2, again.Node.BusinessPorts.Length);
        Assert.Contains(port, again.Node.BusinessPorts);
        var report = await again.ReportAsync("workerCount", "5");
        Assert.Equal("0", report["draining"]);
        using var client = await FramePeer.OpenAsync(port);
        await client.SendTextAsync("still there");
        Assert.Equal("still there", await client.ReadTextAsync());
    }

    [Fact]
    public async Task Reader_writers_and_threads_start_in_the_number_that_was_kept()
    {
        _files.Write(Path.Combine("w%3A1", "worker-changes.json"), "{ \"readerWriters\": 3, \"threads\": 7 }");

        await using var worker = await CommandedWorker.StartAsync(Keeping());

        Assert.Equal("3", (await worker.ReportAsync("workerCount", "7"))["readerWriterCount"]);
    }

    [Fact]
    public async Task They_are_forgotten_otherwise_and_nothing_is_written()
    {
        var hocon = $"dataDirectory = \"{_files.Root}\", worker.threads = 2";
        await using (var worker = await CommandedWorker.StartAsync(hocon))
            await worker.DoAsync("action=2&count=3");

        await using var again = await CommandedWorker.StartAsync(hocon);

        await again.ReportAsync("workerCount", "2");
        Assert.Equal(["fence.json", "lock"], Kept());
    }

    [Fact]
    public async Task Without_a_change_nothing_is_written()
    {
        await using (var worker = await CommandedWorker.StartAsync(Keeping()))
            await worker.RefusedAsync("action=3&count=2");

        Assert.Equal(["fence.json", "lock"], Kept());
    }

    [Fact]
    public async Task A_server_that_was_left_without_a_port_starts_without_one()
    {
        await using (var worker = await CommandedWorker.StartAsync(Keeping()))
        {
            await worker.DoAsync("action=10&on=1");
            await worker.DoAsync($"action=8&port={worker.Node.BusinessPort}");
        }

        await using var again = await CommandedWorker.StartAsync(Keeping());

        Assert.Empty(again.Node.BusinessPorts);
    }

    [Theory]
    [InlineData("", "it is no JSON")]
    [InlineData("{ \"threads\": 4,", "it is no JSON")]
    [InlineData("{ \"threads\": 1000 }", "allowed is a whole number from 1 to 256 (worker.maxThreads)")]
    [InlineData("{ \"ports\": [70000] }", "ports has 70000")]
    [InlineData("{ \"shoes\": 2 }", "shoes is unknown")]
    public async Task A_file_that_is_broken_stops_the_start_with_what_to_do(string json, string problem)
    {
        _files.Write(Path.Combine("w%3A1", "worker-changes.json"), json);

        var failure = await Assert.ThrowsAsync<StartupException>(() => TestNode.StartAsync(Keeping()));

        Assert.StartsWith(FilePath, failure.Message, StringComparison.Ordinal);
        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
        Assert.Contains("delete it to go back to the configuration", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lone_server_cannot_start_without_a_port()
    {
        _files.Write(Path.Combine("w%3A1", "worker-changes.json"), "{ \"ports\": [] }");

        var failure = await Assert.ThrowsAsync<StartupException>(() => TestNode.StartAsync(Keeping("clustersSwitch = 0")));

        Assert.Contains("a lone server (clustersSwitch 0) without a port can never be reached", failure.Message, StringComparison.Ordinal);
    }
}
