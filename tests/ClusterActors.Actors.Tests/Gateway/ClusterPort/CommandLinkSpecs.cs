using Akka.Actor;
using ClusterActors.Actors.Gateway;
using ClusterActors.Actors.Manager;
using ClusterActors.Actors.Tests.Harness;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Tests.Gateway.ClusterPort;

/// <summary>Commands on links to a server whose manager is played by the test: to it from an operator, from it to a worker.</summary>
public sealed class CommandLinkSpecs : IAsyncLifetime
{
    private static readonly CommandRequest AddTwo = new(new ServerCommand.AddThreads(2)) { Seq = "t_1", Epoch = Gates.Epoch, From = "10.0.0.1:9292", Run = "run-1", By = "alice (10.0.0.7)" };

    private LinkHost? _host;

    private LinkHost Host => _host!;

    public async Task InitializeAsync() =>
        _host = await LinkHost.StartAsync(LinkHost.Settings with { CommandAnswerLimit = TimeSpan.FromMinutes(2) });

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Fact]
    public async Task An_operators_command_reaches_the_manager_with_his_address_and_the_answer_comes_with_his_seq()
    {
        using var peer = await FramePeer.OpenAsync(Host.Port);
        await peer.SendTextAsync("action=8&port=9091&drain=5&node=w-1&by=alice&seq=mine");

        var (command, link) = await Host.Manager.NextAsync<ManagerQueries.Command>();
        Assert.Equal("127.0.0.1", command.From);
        Assert.Equal(new CommandRequest(new ServerCommand.ClosePort(9091, 5)) { Node = "w-1", By = "alice", Seq = "mine" }, command.Request);
        link.Tell(new ManagerQueries.CommandAnswer(Reply.Done(new("before", "9090,9091"), new("after", "9090"), new("node", "w-1"))), Host.Manager.Ref);

        Assert.Equal("action=1000&seq=mine&before=9090,9091&after=9090&node=w-1", await peer.ReadTextAsync());
    }

    [Fact]
    public async Task A_refusal_comes_with_all_that_it_carries()
    {
        using var peer = await FramePeer.OpenAsync(Host.Port);
        await peer.SendTextAsync("action=7&port=80&node=w-1");
        var (_, link) = await Host.Manager.NextAsync<ManagerQueries.Command>();

        link.Tell(new ManagerQueries.CommandAnswer(Reply.Failed("port-in-use", "port 80 is taken", new Parameter("node", "w-1"))), Host.Manager.Ref);

        Assert.Equal("action=2000&code=port-in-use&msg=port 80 is taken&node=w-1", await peer.ReadTextAsync());
    }

    [Fact]
    public async Task The_wait_for_a_command_is_longer_than_that_for_a_question()
    {
        using var peer = await FramePeer.OpenAsync(Host.Port);
        await peer.SendTextAsync("action=10&on=1&node=w-1&seq=d");
        var (_, link) = await Host.Manager.NextAsync<ManagerQueries.Command>();
        Host.Time.Advance(TimeSpan.FromSeconds(100));
        using var other = await FramePeer.OpenAsync(Host.Port); // the loop has seen the time

        link.Tell(new ManagerQueries.CommandAnswer(Reply.Done()), Host.Manager.Ref);

        Assert.Equal("action=1000&seq=d", await peer.ReadTextAsync());
    }

    [Fact]
    public async Task A_manager_that_never_answers_is_given_up()
    {
        using var peer = await FramePeer.OpenAsync(Host.Port);
        await peer.SendTextAsync("action=10&on=1&node=w-1&seq=d");
        await Host.Manager.NextAsync<ManagerQueries.Command>();

        var reply = new Parameters(await Host.Time.UntilAsync(peer.ReadTextAsync(), TimeSpan.FromSeconds(30)));

        Assert.Equal(("timeout", "d"), (reply["code"], reply["seq"]));
        Assert.Equal(1011, (await peer.ReadCloseAsync()).CloseCode);
    }

    [Fact]
    public async Task A_command_goes_to_the_worker_and_its_reply_to_the_manager()
    {
        var (worker, server, link) = await ReportingAsync();
        using var _ = worker;

        link.Tell(new LinkCommands.Send(AddTwo), Host.Manager.Ref);
        Assert.Equal("action=2&seq=t_1&count=2&epoch=1&from=10.0.0.1:9292&run=run-1&by=alice (10.0.0.7)", await worker.ReadTextAsync());
        await worker.SendTextAsync("action=1000&seq=t_1&before=2&after=4");

        var (answered, _) = await Host.Manager.NextAsync<ManagerEvents.CommandAnswered>();
        Assert.Equal((server.Link, "t_1", "4"), (answered.Link, answered.Reply.Seq, answered.Reply.Find("after")));
    }

    [Fact]
    public async Task A_command_is_not_written_once_this_server_may_not_act_any_more()
    {
        var (worker, server, link) = await ReportingAsync();
        using var _ = worker;
        Gates.Close(Host.Gate, holder: "10.0.0.2:9292");

        link.Tell(new LinkCommands.Send(AddTwo), Host.Manager.Ref);

        var (answered, _) = await Host.Manager.NextAsync<ManagerEvents.CommandAnswered>();
        Assert.Equal((server.Link, "not-authority", "t_1"), (answered.Link, answered.Reply.Code, answered.Reply.Seq));
        Assert.Equal(("10.0.0.2", "9292", "2"), (answered.Reply.Find("ip"), answered.Reply.Find("port"), answered.Reply.Find("epoch")));
        await worker.SendTextAsync("action=1&node=w-1&seq=next"); // nothing came before its answer
        Assert.Equal("action=1000&seq=next", await worker.ReadTextAsync());
    }

    [Fact]
    public async Task A_command_of_an_epoch_that_is_over_is_not_written_though_a_newer_one_is_held()
    {
        var (worker, _, link) = await ReportingAsync();
        using var __ = worker;

        link.Tell(new LinkCommands.Send(AddTwo with { Epoch = Gates.Epoch - 1 }), Host.Manager.Ref);

        Assert.Equal("not-authority", (await Host.Manager.NextAsync<ManagerEvents.CommandAnswered>()).Message.Reply.Code);
    }

    [Fact]
    public async Task A_reply_to_nothing_costs_the_manager_nothing()
    {
        var (worker, _, link) = await ReportingAsync();
        using var __ = worker;
        await worker.SendAsync(Wire.Text("action=1000&seq=t_1"), Wire.Text("action=77")); // before anything was asked
        await worker.ReadTextAsync();
        link.Tell(new LinkCommands.Send(AddTwo), Host.Manager.Ref);
        await worker.ReadTextAsync();

        await worker.SendAsync(
            Wire.Text("action=1000&seq=other"), Wire.Text("action=1000"), Wire.Text("action=1000&seq=t_1&n=1"), Wire.Text("action=1000&seq=t_1&n=2"),
            Wire.Text("action=9"));

        Assert.Equal("1", (await Host.Manager.NextAsync<ManagerEvents.CommandAnswered>()).Message.Reply.Find("n"));
        await Host.Manager.NextAsync<ManagerQueries.ViewFleet>(); // what came behind
    }

    [Fact]
    public async Task The_next_command_gives_up_the_reply_to_the_one_before()
    {
        var (worker, _, link) = await ReportingAsync();
        using var __ = worker;
        link.Tell(new LinkCommands.Send(AddTwo), Host.Manager.Ref);
        link.Tell(new LinkCommands.Send(AddTwo with { Seq = "t_2" }), Host.Manager.Ref);
        await worker.ReadTextAsync();
        await worker.ReadTextAsync();

        await worker.SendAsync(Wire.Text("action=1000&seq=t_1"), Wire.Text("action=1000&seq=t_2"));

        Assert.Equal("t_2", (await Host.Manager.NextAsync<ManagerEvents.CommandAnswered>()).Message.Reply.Seq);
    }

    [Fact]
    public async Task A_report_that_came_before_the_reply_is_told_before_it()
    {
        var (worker, _, link) = await ReportingAsync();
        using var __ = worker;
        link.Tell(new LinkCommands.Send(new CommandRequest(new ServerCommand.Drain(true)) { Seq = "d", Epoch = Gates.Epoch }), Host.Manager.Ref);
        await worker.ReadTextAsync();

        // The first report has no receipt yet and the clock stands still: this one would wait.
        await worker.SendAsync(Wire.Text("action=1&node=w-1&clientCount=7"), Wire.Text("action=1000&seq=d&clients=8"));

        Assert.Equal(7, (await Host.Manager.NextAsync<ManagerEvents.ServerReported>()).Message.Report.ClientCount);
        Assert.Equal("8", (await Host.Manager.NextAsync<ManagerEvents.CommandAnswered>()).Message.Reply.Find("clients"));
    }

    [Fact]
    public async Task A_link_that_ends_before_the_reply_is_told_as_closed()
    {
        var (worker, server, link) = await ReportingAsync();
        link.Tell(new LinkCommands.Send(AddTwo), Host.Manager.Ref);
        await worker.ReadTextAsync();

        worker.Dispose();

        Assert.Equal(server.Link, (await Host.Manager.NextAsync<ManagerEvents.LinkClosed>()).Message.Link);
    }

    [Fact]
    public async Task An_existing_CshBBrain_server_answers_without_a_seq_or_with_its_own_words()
    {
        using var java = await FramePeer.OpenAsync(Host.Port, "Protocol", "127.0.0.1");
        await java.SendTextAsync("action=1&port=7074");
        Assert.Equal("action=1000", await java.ReadTextAsync());
        var (_, link) = await Host.Manager.NextAsync<ManagerEvents.ServerReported>();
        var command = new LinkCommands.Send(AddTwo with { Command = new ServerCommand.AddReaderWriters(2), Seq = null, By = null });

        link.Tell(command, Host.Manager.Ref);
        Assert.Equal("action=4&count=2", await java.ReadTextAsync());
        await java.SendTextAsync("action=1000");
        Assert.True((await Host.Manager.NextAsync<ManagerEvents.CommandAnswered>()).Message.Reply.IsDone);

        link.Tell(command, Host.Manager.Ref);
        await java.ReadTextAsync();
        await java.SendTextAsync("500处理失败了");
        var failed = (await Host.Manager.NextAsync<ManagerEvents.CommandAnswered>()).Message.Reply;
        Assert.Equal(("internal", "the CshBBrain server could not process the request"), (failed.Code, failed.Msg));
    }

    [Fact]
    public async Task An_existing_CshBBrain_server_may_not_command()
    {
        using var java = await FramePeer.OpenAsync(Host.Port, "Protocol", "127.0.0.1");

        var refused = await java.AskAsync("action=2&count=1&node=w-1&seq=x");

        Assert.Equal(("not-authorized", "x"), (refused["code"], refused["seq"]));
        Assert.Equal(0, Host.Manager.Waiting);
    }

    private async Task<(FramePeer Worker, LinkedServer Server, IActorRef Link)> ReportingAsync()
    {
        var worker = await FramePeer.OpenAsync(Host.Port);
        await worker.SendTextAsync("action=1&node=w-1");
        Assert.Equal("action=1000", await worker.ReadTextAsync());
        var (reported, link) = await Host.Manager.NextAsync<ManagerEvents.ServerReported>();
        return (worker, reported.Server, link);
    }
}
