using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Event;
using ClusterActors.Actors.Tests.Harness;
using ClusterActors.Actors.Worker;
using ClusterActors.Actors.Worker.Commands;
using ClusterActors.Protocol.Messages;
using ClusterActors.TestSupport;
using Microsoft.Extensions.Time.Testing;

namespace ClusterActors.Actors.Tests.Worker.Commands;

public sealed class CommandActorSpecs : IAsyncLifetime, IDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("commands", "akka { loglevel = INFO, stdout-loglevel = OFF, loggers = [] }");
    private readonly ConcurrentQueue<string> _log = new();
    private readonly FakeTimeProvider _time = new();
    private readonly TemporaryFiles _files = new();
    private readonly ScriptedActor _worker;
    private readonly ScriptedActor _readerWriters;
    private readonly ScriptedActor _link;
    private readonly ScriptedActor _reporter;

    public CommandActorSpecs()
    {
        _system.EventStream.Subscribe(_system.ActorOf(LogKeeper.Props(_log)), typeof(LogEvent));
        _worker = new ScriptedActor(_system, "worker");
        _readerWriters = new ScriptedActor(_system, "reader-writers");
        _link = new ScriptedActor(_system, "link");
        _reporter = new ScriptedActor(_system, "reporter");
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate().WaitAsync(Eventually.Limit);

    public void Dispose() => _files.Dispose();

    private IActorRef Start(TimeSpan? limit = null, WorkerChangesFile? file = null, WorkerChanges? changes = null)
    {
        var settings = new CommandSettings("worker-1") { Limit = limit ?? Eventually.Limit };
        var actor = _system.ActorOf(CommandActor.Props(settings, _worker.Ref, _readerWriters.Ref, file, changes ?? WorkerChanges.None, _time, Gates.Open()));
        actor.Tell(WorkerCommands.Subscribe.Instance, _reporter.Ref);
        return actor;
    }

    private void Send(IActorRef actor, ServerCommand command, string? seq = null) => actor.Tell(
        new CommandEvents.Received(new CommandRequest(command) { Seq = seq, By = "ann" }, "10.0.0.1:9292"), _link.Ref);

    private async Task<Reply> ReplyAsync() => (await _link.NextAsync<CommandEvents.Answered>()).Message.Reply;

    private static CommandOutcome.Done Done(int threads) => new("2", $"{threads}") { Change = new WorkerChanges(Threads: threads) };

    private Task HasLoggedAsync(string part) =>
        Eventually.HoldsAsync(() => _log.Any(line => line.Contains(part, StringComparison.Ordinal)), $"a log line with: {part}");

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    [InlineData(5, true)]
    [InlineData(7, false)]
    [InlineData(8, false)]
    [InlineData(10, false)]
    public async Task Each_command_goes_to_the_one_who_can_do_it(int action, bool toReaderWriters)
    {
        ServerCommand command = action switch
        {
            2 => new ServerCommand.AddThreads(1),
            3 => new ServerCommand.RemoveThreads(1),
            4 => new ServerCommand.AddReaderWriters(1),
            5 => new ServerCommand.RemoveReaderWriters(1),
            7 => new ServerCommand.OpenPort(1),
            8 => new ServerCommand.ClosePort(1, null),
            _ => new ServerCommand.Drain(true),
        };

        Send(Start(), command);

        Assert.Equal(command, (await (toReaderWriters ? _readerWriters : _worker).NextAsync<WorkerCommands.Execute>()).Message.Command);
    }

    [Fact]
    public async Task A_change_is_answered_audited_and_reported()
    {
        var actor = Start();
        Send(actor, new ServerCommand.AddThreads(2), "s-1");
        var execute = (await _worker.NextAsync<WorkerCommands.Execute>()).Message;
        _time.Advance(TimeSpan.FromMilliseconds(1.5));
        actor.Tell(new WorkerEvents.Executed(execute.Run, Done(4)), _worker.Ref);

        var reply = await ReplyAsync();

        Assert.Equal(("s-1", "2", "4", "1.5"), (reply.Seq, reply.Find("before"), reply.Find("after"), reply.Find("took")));
        await _reporter.NextAsync<WorkerEvents.Changed>();
        await HasLoggedAsync("audit: add-workers 2 at worker-1 by ann through 10.0.0.1:9292, seq s-1: before 2, after 4, took 1.5 ms");
    }

    [Fact]
    public async Task A_refusal_is_audited_with_its_reason_and_not_reported()
    {
        var actor = Start();
        Send(actor, new ServerCommand.OpenPort(80));
        var execute = (await _worker.NextAsync<WorkerCommands.Execute>()).Message;
        actor.Tell(new WorkerEvents.Executed(execute.Run, new CommandOutcome.Refused("out-of-range", "it is privileged")), _worker.Ref);

        Assert.Equal("it is privileged", (await ReplyAsync()).Msg);

        await HasLoggedAsync("audit: open-port 80 at worker-1 by ann through 10.0.0.1:9292, seq none: refused, out-of-range: it is privileged");
        Assert.Equal(0, _reporter.Waiting);
    }

    [Fact]
    public async Task The_same_again_is_answered_and_audited_as_such()
    {
        var actor = Start();
        Send(actor, new ServerCommand.AddThreads(2), "s");
        actor.Tell(new WorkerEvents.Executed((await _worker.NextAsync<WorkerCommands.Execute>()).Message.Run, Done(4)), _worker.Ref);
        await ReplyAsync();

        Send(actor, new ServerCommand.AddThreads(2), "s");

        Assert.Equal("4", (await ReplyAsync()).Find("after"));
        await HasLoggedAsync("took 0 ms, repeated: executed once, answered again");
        Assert.Equal(0, _worker.Waiting);
    }

    [Fact]
    public async Task A_command_without_an_end_is_answered_in_time_and_its_late_end_is_audited_and_reported()
    {
        var actor = Start(TimeSpan.FromMilliseconds(20));
        Send(actor, new ServerCommand.AddThreads(2), "s");
        var execute = (await _worker.NextAsync<WorkerCommands.Execute>()).Message;
        Assert.Equal("timeout", (await ReplyAsync()).Code);

        actor.Tell(new WorkerEvents.Executed(execute.Run, Done(4)), _worker.Ref);

        await HasLoggedAsync("before 2, after 4, took 0 ms, late: it had been answered timeout");
        await _reporter.NextAsync<WorkerEvents.Changed>();
        Assert.Equal(0, _link.Waiting);
    }

    [Fact]
    public async Task A_change_is_kept_together_with_those_before_it()
    {
        var file = new WorkerChangesFile(_files.Root, "worker-1");
        var actor = Start(file: file, changes: new WorkerChanges(ReaderWriters: 3));
        Send(actor, new ServerCommand.AddThreads(2));
        actor.Tell(new WorkerEvents.Executed((await _worker.NextAsync<WorkerCommands.Execute>()).Message.Run, Done(4)), _worker.Ref);

        Assert.Null((await ReplyAsync()).Find("kept"));

        Assert.Equal(new WorkerChanges(4, 3), file.Load(new WorkerLimits(9, 9, 9), 0));
    }

    [Fact]
    public async Task A_drain_is_never_kept()
    {
        var file = new WorkerChangesFile(_files.Root, "worker-1");
        var actor = Start(file: file);
        Send(actor, new ServerCommand.Drain(true));
        actor.Tell(new WorkerEvents.Executed((await _worker.NextAsync<WorkerCommands.Execute>()).Message.Run, new CommandOutcome.Done("0", "1")), _worker.Ref);
        await ReplyAsync();

        Assert.False(File.Exists(file.FilePath));
    }

    [Fact]
    public async Task A_change_that_cannot_be_kept_is_made_and_the_reply_says_so()
    {
        var actor = Start(file: new WorkerChangesFile(_files.Write("data", "no directory"), "worker-1"));
        Send(actor, new ServerCommand.AddThreads(2));
        actor.Tell(new WorkerEvents.Executed((await _worker.NextAsync<WorkerCommands.Execute>()).Message.Run, Done(4)), _worker.Ref);

        var reply = await ReplyAsync();

        Assert.Equal((true, "4", "0"), (reply.IsDone, reply.Find("after"), reply.Find("kept")));
        await HasLoggedAsync("A change is made but not kept");
    }
}
