using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Event;
using ClusterActors.Actors.Tests.Harness;
using ClusterActors.Actors.Worker;
using ClusterActors.Actors.Worker.Commands;
using ClusterActors.Protocol.Messages;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests.Worker.Commands;

public sealed class CommandAuditSpecs : IAsyncLifetime
{
    private readonly ActorSystem _system = ActorSystem.Create("audit", "akka { loglevel = INFO, stdout-loglevel = OFF, loggers = [] }");
    private readonly ConcurrentQueue<string> _log = new();

    public CommandAuditSpecs() => _system.EventStream.Subscribe(_system.ActorOf(LogKeeper.Props(_log)), typeof(LogEvent));

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate().WaitAsync(Eventually.Limit);

    [Theory]
    [InlineData("", "7001", "before none, after 7001")]
    [InlineData("7001", "", "before 7001, after none")]
    public async Task No_port_at_all_is_none(string before, string after, string words)
    {
        Write("s", Reply.Done(new Parameter("before", before), new Parameter("after", after), new Parameter("took", "1")));

        await HasLoggedAsync($"seq s: {words}, took 1 ms");
    }

    [Fact]
    public async Task A_line_is_not_to_be_forged_by_an_operator()
    {
        Write("s\naudit: x", Reply.Failed("out-of-range", "a\r\nb"));

        await HasLoggedAsync("seq s?audit: x: refused, out-of-range: a??b");
    }

    private void Write(string seq, Reply reply)
    {
        var request = new CommandRequest(new ServerCommand.OpenPort(7001)) { Seq = seq, By = "ann" };
        var call = new CommandCall(ActorRefs.Nobody, request, "10.0.0.1:9292");
        CommandAudit.Answered(Logging.GetLogger(_system, nameof(CommandAudit)), "worker-1", new CommandEffect.Answer(call, reply));
    }

    private Task HasLoggedAsync(string end) => Eventually.HoldsAsync(
        () => _log.Any(line => line.EndsWith(end, StringComparison.Ordinal)), $"a log line that ends in: {end}");
}
