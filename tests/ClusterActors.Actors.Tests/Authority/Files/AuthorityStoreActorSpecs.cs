using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Files;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Actors.Tests.Harness;
using ClusterActors.Store.Files;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests.Authority.Files;

public sealed class AuthorityStoreActorSpecs : IAsyncLifetime, IDisposable
{
    private sealed class ThreadTeller : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(Thread.CurrentThread);
    }

    private static readonly Fence Fence = new(7, new ManagerRun("m:1", "r"));

    private readonly ActorSystem _system = ActorSystem.Create(
        "store",
        ConfigurationFactory.ParseString("akka { stdout-loglevel = OFF, loggers = [], scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\" }")
            .WithFallback(NodeRegistration.ReadAkkaReference()));

    private readonly ConcurrentQueue<string> _log = new();
    private readonly TemporaryFiles _files = new();
    private readonly BallotFile _ballot;
    private readonly FenceFile _fence;
    private readonly ScriptedActor _asker;
    private readonly IActorRef _store;

    public AuthorityStoreActorSpecs()
    {
        _ballot = new BallotFile(_files.Root, "m");
        _fence = new FenceFile(_files.Root, "m");
        _system.EventStream.Subscribe(_system.ActorOf(LogKeeper.Props(_log)), typeof(LogEvent));
        _asker = new ScriptedActor(_system, "asker");
        _store = _system.ActorOf(AuthorityStoreActor.Props(_ballot, _fence));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate().WaitAsync(Eventually.Limit);

    public void Dispose() => _files.Dispose();

    private void Tell(object message) => _store.Tell(message, _asker.Ref);

    /// <summary>Lets a second pass, and returns when the store has done what it then does.</summary>
    private async Task PassAsync()
    {
        await IsIdleAsync();
        ((TestScheduler)_system.Scheduler).Advance(TimeSpan.FromSeconds(1));
    }

    // One message after another: when it has answered this one, it has looked at all before.
    private async Task IsIdleAsync()
    {
        var barrier = new ScriptedActor(_system, $"barrier-{Guid.NewGuid():n}");
        _store.Tell(new Identify(1), barrier.Ref);
        await barrier.NextAsync<ActorIdentity>();
    }

    private Task HasLoggedAsync(string part) =>
        Eventually.HoldsAsync(() => _log.Any(line => line.Contains(part, StringComparison.Ordinal)), $"a log line with: {part}");

    [Fact]
    public async Task It_answers_when_each_file_is_written()
    {
        Tell(new StoreCommands.WriteBallot(1, BallotExamples.Ballot));
        Tell(new StoreCommands.WriteFence(2, Fence));
        Tell(new StoreCommands.WriteBallot(3, BallotExamples.Ballot with { Promised = 13 }));

        Assert.Equal(new AuthorityInput.BallotWritten(1), (await _asker.NextAsync<AuthorityInput.BallotWritten>()).Message);
        Assert.Equal(new AuthorityInput.FenceWritten(2), (await _asker.NextAsync<AuthorityInput.FenceWritten>()).Message);
        Assert.Equal(new AuthorityInput.BallotWritten(3), (await _asker.NextAsync<AuthorityInput.BallotWritten>()).Message);
        Assert.Equal(13, Assert.IsType<Stored<Ballot>.Found>(_ballot.Load()).Value.Promised);
        Assert.Equal(new Stored<Fence>.Found(Fence), _fence.Load());
    }

    [Fact]
    public async Task When_a_file_cannot_be_written_it_says_what_the_file_says()
    {
        _ballot.Save(BallotExamples.Ballot);
        _fence.Save(Fence);
        Directory.CreateDirectory(_ballot.FilePath + ".tmp");
        Directory.CreateDirectory(_fence.FilePath + ".tmp");

        Tell(new StoreCommands.WriteBallot(1, BallotExamples.Ballot with { Promised = 13 }));
        var ballot = (await _asker.NextAsync<AuthorityInput.BallotFailed>()).Message;
        Tell(new StoreCommands.WriteFence(2, Fence with { Epoch = 8 }));
        var fence = (await _asker.NextAsync<AuthorityInput.FenceFailed>()).Message;

        Assert.Equal((1, 12), (ballot.Ticket, ballot.OnDisk?.Promised));
        Assert.Equal(new AuthorityInput.FenceFailed(2, Fence), fence);
        await HasLoggedAsync($"{_ballot.FilePath} cannot be written: ");
        await HasLoggedAsync($"{_fence.FilePath} cannot be written: ");
    }

    [Fact]
    public async Task When_there_is_no_file_either_it_says_so_and_goes_on()
    {
        Directory.CreateDirectory(_ballot.FilePath + ".tmp");

        Tell(new StoreCommands.WriteBallot(1, BallotExamples.Ballot));
        Tell(new StoreCommands.WriteFence(2, Fence));

        Assert.Equal(new AuthorityInput.FenceWritten(2), (await _asker.NextAsync<AuthorityInput.FenceWritten>()).Message);
        await IsIdleAsync();
        Assert.Equal(0, _asker.Waiting);
        await PassAsync();
        Assert.Equal(new AuthorityInput.BallotFailed(1, null), (await _asker.NextAsync<AuthorityInput.BallotFailed>()).Message);
        Directory.Delete(_ballot.FilePath + ".tmp");
        Tell(new StoreCommands.WriteBallot(3, BallotExamples.Ballot));
        Assert.Equal(new AuthorityInput.BallotWritten(3), (await _asker.NextAsync<AuthorityInput.BallotWritten>()).Message);
    }

    [Fact]
    public async Task A_damaged_file_counts_as_none_and_is_told_in_the_log()
    {
        Directory.CreateDirectory(_fence.FilePath + ".tmp");
        await File.WriteAllTextAsync(_fence.FilePath, "{}");

        Tell(new StoreCommands.WriteFence(1, Fence));
        await PassAsync();

        Assert.Equal(new AuthorityInput.FenceFailed(1, null), (await _asker.NextAsync<AuthorityInput.FenceFailed>()).Message);
        await HasLoggedAsync($"{_fence.FilePath} cannot be used any more: format is missing");
    }

    [Fact]
    public async Task While_a_file_cannot_be_read_it_waits_for_it()
    {
        Directory.CreateDirectory(_ballot.FilePath);
        Tell(new StoreCommands.WriteBallot(1, BallotExamples.Ballot));
        for (var second = 0; second < 29; second++)
            await PassAsync();
        await IsIdleAsync();
        Assert.Equal(0, _asker.Waiting);

        Directory.Delete(_ballot.FilePath);
        _ballot.Save(BallotExamples.Ballot with { Promised = 5 });
        await PassAsync();

        Assert.Equal(5, (await _asker.NextAsync<AuthorityInput.BallotFailed>()).Message.OnDisk?.Promised);
        await PassAsync();
        await IsIdleAsync();
        Assert.Equal(0, _asker.Waiting);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_for_half_a_minute_counts_as_none()
    {
        Directory.CreateDirectory(_ballot.FilePath);
        Tell(new StoreCommands.WriteBallot(1, BallotExamples.Ballot));
        for (var second = 0; second < 30; second++)
            await PassAsync();

        Assert.Equal(new AuthorityInput.BallotFailed(1, null), (await _asker.NextAsync<AuthorityInput.BallotFailed>()).Message);
        await HasLoggedAsync($"{_ballot.FilePath} cannot be used any more: it cannot be read: ");
    }

    [Fact]
    public async Task What_it_does_not_know_is_unhandled()
    {
        var unhandled = new ScriptedActor(_system, "unhandled");
        _system.EventStream.Subscribe(unhandled.Ref, typeof(UnhandledMessage));

        Tell("hello");

        Assert.Equal("hello", (await unhandled.NextAsync<UnhandledMessage>()).Message.Message);
    }

    [Fact]
    public async Task Its_thread_is_its_own_and_ends_with_the_system()
    {
        // With the clock of a node, by which the dispatcher ends its thread.
        using var system = ActorSystem.Create(
            "threads", ConfigurationFactory.ParseString("akka { stdout-loglevel = OFF, loggers = [] }").WithFallback(NodeRegistration.ReadAkkaReference()));
        system.ActorOf(Props.Create<ThreadTeller>().WithDispatcher(AuthorityStoreActor.Dispatcher)).Tell("who", _asker.Ref);
        system.ActorOf(Props.Create<ThreadTeller>().WithDispatcher(AuthorityStoreActor.Dispatcher)).Tell("who", _asker.Ref);
        var one = (await _asker.NextAsync<Thread>()).Message;
        var other = (await _asker.NextAsync<Thread>()).Message;
        Assert.False(one.IsThreadPoolThread);
        Assert.NotEqual(one, other);

        await system.Terminate().WaitAsync(Eventually.Limit);

        await Eventually.HoldsAsync(() => !one.IsAlive && !other.IsAlive, "the threads to end with the system");
    }
}
