using System.Text;
using ClusterActors.Actors.Worker;
using ClusterActors.Actors.Worker.Commands;

namespace ClusterActors.Actors.Tests.Worker.Commands;

public class WorkerChangesJsonSpecs
{
    private static readonly WorkerLimits Limits = new(8, 4, 3);

    private static (WorkerChanges? Changes, string? Problem) Read(string json) =>
        WorkerChangesJson.Read(Encoding.UTF8.GetBytes(json), Limits, clusterPort: 9292);

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(8, null, null)]
    [InlineData(null, 4, null)]
    [InlineData(null, null, new int[] { })]
    [InlineData(1, 1, new[] { 0, 0, 65535 })]
    public void What_is_written_is_read(int? threads, int? readerWriters, int[]? ports)
    {
        var changes = new WorkerChanges(threads, readerWriters, ports is null ? null : [.. ports]);

        var (read, problem) = WorkerChangesJson.Read(WorkerChangesJson.Write(changes), Limits, 9292);

        Assert.Null(problem);
        Assert.Equal((threads, readerWriters), (read!.Threads, read.ReaderWriters));
        Assert.Equal(ports, read.Ports?.ToArray());
    }

    [Theory]
    [InlineData("", "it is no JSON: line 1, byte 1")]
    [InlineData("{ \"threads\": 4", "it is no JSON: line 1, byte 15")]
    [InlineData("{ \"threads\": 4 } x", "it is no JSON: line 1, byte 18")]
    [InlineData("\0\0\0\0", "it is no JSON: line 1, byte 1")]
    [InlineData("[4]", "it is no JSON object")]
    [InlineData("{ \"threads\": \"4\" }", "threads = \"4\"; allowed is a whole number from 1 to 8 (worker.maxThreads)")]
    [InlineData("{ \"threads\": 0 }", "threads = 0; allowed is a whole number from 1 to 8 (worker.maxThreads)")]
    [InlineData("{ \"threads\": 9 }", "threads = 9; allowed is a whole number from 1 to 8 (worker.maxThreads)")]
    [InlineData("{ \"threads\": 2.5 }", "threads = 2.5; allowed is a whole number from 1 to 8 (worker.maxThreads)")]
    [InlineData("{ \"threads\": 1, \"threads\": 2 }", "threads comes twice")]
    [InlineData("{ \"readerWriters\": 5 }", "readerWriters = 5; allowed is a whole number from 1 to 4 (worker.maxReaderWriters)")]
    [InlineData("{ \"threats\": 4 }", "threats is unknown; known are threads, readerWriters and ports")]
    [InlineData("{ \"ports\": 7070 }", "ports must be a list of at most 3 ports (worker.maxPorts)")]
    [InlineData("{ \"ports\": [1, 2, 3, 4] }", "ports must be a list of at most 3 ports (worker.maxPorts)")]
    [InlineData("{ \"ports\": [65536] }", "ports has 65536; allowed are whole numbers from 0 to 65535")]
    [InlineData("{ \"ports\": [7070, 7070] }", "ports has 7070 twice")]
    [InlineData("{ \"ports\": [9292] }", "ports has 9292, which is the cluster port (clustersPort)")]
    [InlineData("{ \"ports\": [null] }", "ports has null; allowed are whole numbers from 0 to 65535")]
    public void What_is_wrong_is_said(string json, string problem)
    {
        var (changes, told) = Read(json);

        Assert.Null(changes);
        Assert.Equal(problem, told);
    }

    [Fact]
    public void Newer_changes_lie_over_older_ones()
    {
        var changes = new WorkerChanges(2, 3).With(new WorkerChanges(Threads: 4)).With(new WorkerChanges(Ports: [7070]));

        Assert.Equal((4, 3, 7070), (changes.Threads, changes.ReaderWriters, Assert.Single(changes.Ports!.Value)));
    }
}
