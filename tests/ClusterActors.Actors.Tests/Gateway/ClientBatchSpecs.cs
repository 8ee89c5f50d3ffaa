using System.Net;
using System.Net.Sockets;
using System.Text;
using Akka.Actor;
using Akka.Event;
using ClusterActors.Actors.Gateway;
using ClusterActors.Actors.Tests.Harness;
using ClusterActors.Actors.Worker;
using ClusterActors.Actors.Worker.Threads;
using ClusterActors.TestSupport;
using ClusterActors.Transport.Connections;
using ClusterActors.Transport.Loops;
using ClusterActors.Transport.Polling;

namespace ClusterActors.Actors.Tests.Gateway;

/// <summary>A client's messages on a worker thread, without one: the connection is real, the thread is the test's.</summary>
public sealed class ClientBatchSpecs : IAsyncLifetime
{
    /// <summary>Gives the test the connection that its loop would serve.</summary>
    private sealed class Factory(TaskCompletionSource<Connection> arrived) : IConnectionFactory
    {
        private sealed class Idle(Connection connection) : ConnectionActor(connection)
        {
            protected override int OnBytes(Span<byte> bytes, out int needed)
            {
                needed = 0;
                return bytes.Length;
            }
        }

        public Props Props(Connection connection)
        {
            arrived.SetResult(connection);
            return Akka.Actor.Props.Create(() => new Idle(connection));
        }
    }

    private readonly ActorSystem _system = ActorSystem.Create("batch", "akka { loglevel = OFF, stdout-loglevel = OFF }");
    private readonly LoopGroup _loops = new(new Transport.Connections.ConnectionSettings());
    private readonly TcpPort _port = TcpPort.Open();
    private ScriptedActor? _actor;
    private Connection? _connection;
    private TcpPeer? _far;

    public async Task InitializeAsync()
    {
        var io = _system.ActorOf(IoActor.Props(_loops, 1, PollEngine.Auto, TimeProvider.System), "io");
        await io.Ask<IoActor.Ready>(IoActor.WhenReady.Instance, Eventually.Limit);
        var arrived = new TaskCompletionSource<Connection>(TaskCreationOptions.RunContinuationsAsynchronously);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _port.Port));
        _far = await _port.AcceptAsync();
        _loops.Adopt(socket, new Factory(arrived));
        _connection = await arrived.Task.WaitAsync(Eventually.Limit);
        _actor = new ScriptedActor(_system, "client");
    }

    public async Task DisposeAsync()
    {
        _far!.Dispose();
        _port.Dispose();
        await _system.Terminate().WaitAsync(Eventually.Limit);
    }

    private ClientBatch Create(ScriptedHandler handler)
    {
        var hubs = new ClientHubs(_loops);
        var clients = new Budget(10);
        handler.Start(new BusinessHost(clients, hubs));
        var context = new ClientContext(
            LinkHost.Settings, clients, handler, false, new WorkerThreads(), hubs, ActorRefs.Nobody, NoLogger.Instance, 1024, 512, new PortOpening());
        return new ClientBatch(context, new ClientHandle(_connection!, _actor!.Ref, 1024), _actor.Ref);
    }

    private static void Add(ClientBatch batch, params string[] messages)
    {
        foreach (var message in messages)
            batch.Add(MessageKind.Text, Encoding.UTF8.GetBytes(message));
    }

    private static IReadOnlyList<string> Calls(ScriptedHandler handler) =>
        [.. handler.Journal.Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])];

    [Fact]
    public void The_first_batch_begins_with_the_connection_and_keeps_the_order()
    {
        var handler = new ScriptedHandler(neverBlocks: false) { Connected = client => client.Say("welcome") };
        var batch = Create(handler);
        batch.IsFirst = true;
        Add(batch, "a", "", "b");

        Assert.True(batch.Handle());

        Assert.Equal(["connected", "a", "", "b"], Calls(handler));
        Assert.Equal([.. Wire.Text("welcome"), .. Wire.Text("a"), .. Wire.Text(""), .. Wire.Text("b")], batch.Answers.Pending.ToArray());
        Assert.Null(batch.Failure);
    }

    [Fact]
    public void A_failure_is_kept_with_the_answers_before_it_and_nothing_behind_it_is_handled()
    {
        var handler = new ScriptedHandler(neverBlocks: false)
        {
            Message = (client, text) =>
            {
                client.Say(text);
                if (text == "bad")
                    throw new InvalidOperationException("no");
            },
        };
        var batch = Create(handler);
        Add(batch, "good", "bad", "behind");

        Assert.True(batch.Handle());

        Assert.Equal("no", batch.Failure?.Message);
        Assert.Equal(["good", "bad"], Calls(handler));
        Assert.Equal([.. Wire.Text("good"), .. Wire.Text("bad")], batch.Answers.Pending.ToArray());
    }

    [Fact]
    public void Emptied_it_can_be_used_again()
    {
        var handler = new ScriptedHandler(neverBlocks: false)
        {
            Message = (client, text) => client.Say(text == "bad" ? throw new InvalidOperationException() : text),
        };
        var batch = Create(handler);
        batch.IsFirst = true;
        Add(batch, "bad");
        batch.Handle();

        batch.Reset();
        Assert.Equal(0, batch.Count);
        Add(batch, "again");
        batch.Handle();

        Assert.Null(batch.Failure);
        Assert.Equal(["connected", "bad", "again"], Calls(handler));
        Assert.Equal(Wire.Text("again"), batch.Answers.Pending.ToArray());
    }

    [Fact]
    public void The_last_batch_tells_of_the_end_and_its_failure_is_nobodys()
    {
        var handler = new ScriptedHandler(neverBlocks: false) { Disconnected = _ => throw new InvalidOperationException("too late") };
        var batch = Create(handler);
        batch.IsLast = true;

        Assert.True(batch.Handle());

        Assert.Equal(["disconnected"], Calls(handler));
        Assert.Null(batch.Failure);
    }

    [Fact]
    public async Task With_a_message_to_all_it_is_done_only_when_every_loop_has_that()
    {
        ScriptedHandler? handler = null;
        handler = new ScriptedHandler(neverBlocks: false) { Message = (_, text) => handler!.Host.SayToAll(text) };
        var batch = Create(handler);
        Add(batch, "hear me");
        using (await LoopHold.OfAsync(_system))
        {
            Assert.False(batch.Handle());
            Assert.Equal(0, _actor!.Waiting);
        }

        Assert.Same(batch, (await _actor!.NextAsync<ClientBatch>()).Message);
    }

    [Fact]
    public async Task What_is_sent_outside_of_the_clients_own_call_goes_to_its_connection()
    {
        IClient? kept = null;
        var batch = Create(new ScriptedHandler(neverBlocks: false) { Message = (client, _) => kept = client });
        Add(batch, "keep me");
        batch.Handle();

        Assert.True(kept!.Say("later"));

        Assert.Equal(0, batch.Answers.Length);
        var push = (await _actor!.NextAsync<ClientHandle.Push>()).Message;
        Assert.Equal(Wire.Text("later"), push.Frames.Pending.ToArray());
    }

    [Fact]
    public async Task A_client_for_whom_more_waits_than_may_is_given_up_once()
    {
        IClient? kept = null;
        var batch = Create(new ScriptedHandler(neverBlocks: false) { Message = (client, _) => kept = client });
        Add(batch, "keep me");
        batch.Handle();

        Assert.True(kept!.Say(new string('x', 2000)));
        Assert.False(kept!.Say("one more"));
        Assert.False(kept!.Say("and another"));

        await _actor!.NextAsync<ClientHandle.Push>();
        await _actor.NextAsync<ClientHandle.Overrun>();
        Assert.Equal(0, _actor.Waiting);
    }

    [Fact]
    public async Task With_something_owed_it_is_done_only_when_the_last_of_it_is_there()
    {
        var owed = new List<IDeferral>();
        var handler = new ScriptedHandler(neverBlocks: false)
        {
            Message = (client, _) => owed.Add(client.Defer()),
            Settled = client => client.Say("both"),
        };
        var batch = Create(handler);
        Add(batch, "a", "b");

        Assert.False(batch.Handle());
        owed[1].Done();
        Assert.Equal(0, _actor!.Waiting);
        owed[0].Done();

        Assert.Same(batch, (await _actor.NextAsync<ClientBatch>()).Message);
        Assert.True(batch.IsDeferred);
        batch.Settle();
        Assert.Equal(["a", "b", "settled"], Calls(handler));
        Assert.Equal(Wire.Text("both"), batch.Answers.Pending.ToArray());
    }

    [Fact]
    public void What_is_there_before_the_handler_returns_sends_nothing_back_by_itself()
    {
        var batch = Create(new ScriptedHandler(neverBlocks: false) { Message = (client, _) => client.Defer().Done() });
        Add(batch, "a", "b");

        Assert.True(batch.Handle());

        Assert.Equal(0, _actor!.Waiting);
    }

    [Fact]
    public async Task Told_by_many_threads_at_once_it_goes_back_once()
    {
        for (var round = 0; round < 300; round++)
        {
            var done = new List<Task>();
            using var together = new Barrier(3);
            var batch = Create(new ScriptedHandler(neverBlocks: false)
            {
                Message = (client, _) =>
                {
                    var owed = client.Defer();
                    done.Add(Task.Run(() =>
                    {
                        together.SignalAndWait();
                        owed.Done();
                    }));
                    if (done.Count == 2)
                        together.SignalAndWait();
                },
            });
            Add(batch, "a", "b");

            var isDone = batch.Handle();
            await Task.WhenAll(done);

            if (!isDone)
                await _actor!.NextAsync<ClientBatch>();
            Assert.Equal(0, _actor!.Waiting);
        }
    }

    [Fact]
    public void A_postponed_message_comes_again_with_those_behind_it()
    {
        IDeferral? owed = null;
        var handler = new ScriptedHandler(neverBlocks: false)
        {
            Message = (client, text) =>
            {
                if (text == "write")
                    owed = client.Defer();
                else if (owed is not null)
                    client.Postpone();
                else
                    client.Say(text);
            },
            Settled = client =>
            {
                owed = null;
                client.Say("written");
            },
        };
        var batch = Create(handler);
        Add(batch, "early", "write", "read", "behind");

        Assert.False(batch.Handle());
        Assert.Equal(["early", "write", "read"], Calls(handler));
        owed!.Done();
        batch.Settle();
        Assert.True(batch.IsUnfinished);
        Assert.Equal([.. Wire.Text("early"), .. Wire.Text("written")], batch.Answers.Pending.ToArray());
        batch.Continue();

        Assert.True(batch.Handle());
        Assert.False(batch.IsUnfinished || batch.IsDeferred);
        Assert.Equal(["early", "write", "read", "settled", "read", "behind"], Calls(handler));
        Assert.Equal([.. Wire.Text("read"), .. Wire.Text("behind")], batch.Answers.Pending.ToArray());
    }

    [Fact]
    public void Without_anything_owed_a_message_cannot_be_postponed()
    {
        var batch = Create(new ScriptedHandler(neverBlocks: false) { Message = (client, _) => client.Postpone() });
        Add(batch, "a");

        Assert.True(batch.Handle());

        Assert.Contains("none is", batch.Failure?.Message, StringComparison.Ordinal);
        Assert.False(batch.IsUnfinished);
    }

    [Fact]
    public void Outside_of_the_clients_own_call_nothing_is_deferred()
    {
        IClient? kept = null;
        var batch = Create(new ScriptedHandler(neverBlocks: false) { Message = (client, _) => kept = client });
        Add(batch, "keep me");
        batch.Handle();

        Assert.Throws<InvalidOperationException>(() => kept!.Defer());
        Assert.Throws<InvalidOperationException>(() => kept!.Postpone());
    }

    [Fact]
    public void A_failure_behind_something_owed_waits_for_it_and_drops_the_rest()
    {
        IDeferral? owed = null;
        var handler = new ScriptedHandler(neverBlocks: false)
        {
            Message = (client, text) => owed = text == "bad" ? throw new InvalidOperationException("no") : client.Defer(),
            Settled = client => client.Say("written"),
        };
        var batch = Create(handler);
        Add(batch, "write", "bad", "behind");

        Assert.False(batch.Handle());
        owed!.Done();
        batch.Settle();

        Assert.Equal("no", batch.Failure?.Message);
        Assert.False(batch.IsUnfinished);
        Assert.Equal(Wire.Text("written"), batch.Answers.Pending.ToArray());
    }

    [Fact]
    public void A_failure_when_it_settles_is_the_clients()
    {
        var batch = Create(new ScriptedHandler(neverBlocks: false)
        {
            Message = (client, _) => client.Defer().Done(),
            Settled = _ => throw new InvalidOperationException("no"),
        });
        Add(batch, "a");
        batch.Handle();

        batch.Settle();

        Assert.Equal("no", batch.Failure?.Message);
    }

    [Fact]
    public void With_many_answers_the_rest_waits_for_the_next_time()
    {
        var batch = Create(new ScriptedHandler(neverBlocks: false) { Message = (client, text) => client.Say(text + new string('x', 300)) });
        Add(batch, "a", "b", "c", "d");

        Assert.True(batch.Handle());
        Assert.True(batch.IsUnfinished);
        Assert.Equal(2, batch.Answers.Pending.Count((byte)0x81));
        batch.Continue();

        Assert.True(batch.Handle());
        Assert.False(batch.IsUnfinished);
        Assert.Equal(2, batch.Answers.Pending.Count((byte)0x81));
    }
}
