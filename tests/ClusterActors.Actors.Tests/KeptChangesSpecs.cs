using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using ClusterActors.Actors.Configuration;
using ClusterActors.Actors.Tests.Harness;
using ClusterActors.Actors.Worker;
using ClusterActors.Actors.Worker.Commands;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests;

public sealed class KeptChangesSpecs : IAsyncLifetime
{
    private readonly ActorSystem _system = ActorSystem.Create("kept", "akka { loglevel = INFO, stdout-loglevel = OFF, loggers = [] }");
    private readonly ConcurrentQueue<string> _log = new();

    public KeptChangesSpecs() => _system.EventStream.Subscribe(_system.ActorOf(LogKeeper.Props(_log)), typeof(LogEvent));

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate().WaitAsync(Eventually.Limit);

    private static NodeSettings Read(string hocon) =>
        NodeSettings.Create(ConfigurationFactory.ParseString($"clusterActors {{ {hocon} }}"), "test");

    [Fact]
    public async Task They_lie_over_the_configuration_and_each_that_differs_is_named()
    {
        var settings = Read("node = w, port = [7070], worker { threads = 4, readerWriters = 2, keepChanges = on }");
        var file = KeptChanges.FileOf(settings)!;

        var over = KeptChanges.Over(settings, new WorkerChanges(4, 3, [7070, 7071]), file, _system.Log);

        Assert.Equal((4, 3), (over.Worker.Threads, over.Worker.ReaderWriters));
        Assert.Equal([7070, 7071], over.Ports);
        await Eventually.EqualsAsync(2, () => _log.Count, "lines");
        Assert.Contains(_log, line => line.Contains("worker.readerWriters is 3, not 2 as configured", StringComparison.Ordinal));
        Assert.Contains(_log, line => line.Contains($"port is [7070, 7071], not [7070] as configured: it was changed by command and kept in {file.FilePath}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("worker.keepChanges = off")]
    [InlineData("worker.keepChanges = on, clustersRole = 2")] // no worker, so nothing to keep
    public void Without_the_setting_or_a_worker_there_is_no_file(string hocon) => Assert.Null(KeptChanges.FileOf(Read(hocon)));
}
