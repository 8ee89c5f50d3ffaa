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
            LinkHost.Settings, clients, handler, false, new WorkerThreads(), hubs, ActorRefs.Nobody, NoLogger.Instance, 1024, new PortOpening());
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
}
