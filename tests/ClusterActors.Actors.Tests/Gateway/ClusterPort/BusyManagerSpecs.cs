using System.Collections.Immutable;
using ClusterActors.Actors.Manager;
using ClusterActors.Actors.Tests.Harness;
using Microsoft.Extensions.Time.Testing;

namespace ClusterActors.Actors.Tests.Gateway.ClusterPort;

/// <summary>Links to a server whose manager is played by the test.</summary>
public sealed class BusyManagerSpecs : IAsyncLifetime
{
    private LinkHost? _host;

    private LinkHost Host => _host!;

    private FakeTimeProvider Time => Host.Time;

    public async Task InitializeAsync() => _host = await LinkHost.StartAsync();

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Fact]
    public async Task A_flood_of_reports_is_answered_and_costs_the_manager_two_messages()
    {
        using var peer = await FramePeer.OpenAsync(Host.Port);
        await peer.SendTextAsync("action=1&node=w&leases=first");
        var (first, link) = await Host.Manager.NextAsync<ManagerEvents.ServerReported>();

        await peer.SendAsync([.. Enumerable.Range(1, 500).Select(i => Wire.Text($"action=1&node=w&clientCount={i}&leases=lease-{i}"))]);
        for (var i = 0; i <= 500; i++)
            Assert.Equal("action=1000", await peer.ReadTextAsync());
        Time.Advance(TimeSpan.FromSeconds(1));
        link.Tell(new ManagerEvents.ReportTaken(first.Server.Link), Host.Manager.Ref);
        var (second, _) = await Host.Manager.NextAsync<ManagerEvents.ServerReported>();

        Assert.Equal(["first"], first.Report.Leases);
        Assert.Equal(500, second.Report.ClientCount);
        Assert.Equal(Enumerable.Range(1, 500).Select(i => $"lease-{i}"), second.Report.Leases);
        Assert.Equal(0, Host.Manager.Waiting);
    }

    [Fact]
    public async Task A_report_that_came_too_early_is_handed_on_when_its_time_has_come()
    {
        using var peer = await FramePeer.OpenAsync(Host.Port);
        await peer.SendTextAsync("action=1&clientCount=1");
        var (first, link) = await Host.Manager.NextAsync<ManagerEvents.ServerReported>();
        link.Tell(new ManagerEvents.ReportTaken(first.Server.Link), Host.Manager.Ref);
        await peer.SendTextAsync("action=1&clientCount=2");
        await peer.ReadTextAsync();
        await peer.ReadTextAsync();

        Time.Advance(TimeSpan.FromMilliseconds(60));

        Assert.Equal(2, (await Host.Manager.NextAsync<ManagerEvents.ServerReported>()).Message.Report.ClientCount);
    }

    [Fact]
    public async Task The_manager_hears_who_reports()
    {
        using var peer = await FramePeer.OpenAsync(Host.Port, host: "10.1.2.3:9393");

        await peer.SendTextAsync("action=1&node=w");

        var server = (await Host.Manager.NextAsync<ManagerEvents.ServerReported>()).Message.Server;
        Assert.Equal((PeerKind.ClusterActors, "10.1.2.3", 9393), (server.Kind, server.Ip, server.ClustersPort));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_end_of_a_link_is_told_with_whether_the_server_left(bool left)
    {
        using var peer = await FramePeer.OpenAsync(Host.Port);
        await peer.SendTextAsync("action=1&node=w");
        var (reported, _) = await Host.Manager.NextAsync<ManagerEvents.ServerReported>();

        await peer.SendAsync(left ? Wire.Close(1001, "off I go") : [0x88, 0x00]);

        var (closed, _) = await Host.Manager.NextAsync<ManagerEvents.LinkClosed>();
        Assert.Equal((reported.Server.Link, left), (closed.Link, closed.Left));
        Assert.Equal(left ? "off I go" : "closed by the far end", closed.Reason);
    }

    [Fact]
    public async Task The_end_of_a_link_that_never_reported_is_not_told()
    {
        using (var asker = await FramePeer.OpenAsync(Host.Port))
        {
            await asker.SendAsync([0x88, 0x00]);
            await asker.ReadCloseAsync();
        }

        using var peer = await FramePeer.OpenAsync(Host.Port);
        await peer.SendTextAsync("action=1&node=w");

        await Host.Manager.NextAsync<ManagerEvents.ServerReported>();
    }

    [Fact]
    public async Task One_request_is_with_the_manager_at_a_time()
    {
        using var peer = await FramePeer.OpenAsync(Host.Port);
        await peer.SendAsync(Wire.Text("action=0&key=a"), Wire.Text("action=9"), Wire.Text("action=1&seq=behind"));
        var (allocate, link) = await Host.Manager.NextAsync<ManagerQueries.Allocate>();
        Assert.Equal("a", allocate.Key);
        Assert.Equal(0, Host.Manager.Waiting);

        link.Tell(new ManagerQueries.AllocationRefused("no-capacity", "all are full", []), Host.Manager.Ref);
        var (_, again) = await Host.Manager.NextAsync<ManagerQueries.ViewFleet>();
        again.Tell(new ManagerQueries.FleetView("m-1", "m-1", 3, [], ManagerQueries.HolderView.None), Host.Manager.Ref);

        Assert.Equal("action=2000&code=no-capacity&msg=all are full", await peer.ReadTextAsync());
        var view = new Parameters(await peer.ReadTextAsync());
        Assert.Equal(("0", "m-1", "3", "m-1", "[]"), (view["count"], view["authority"], view["epoch"], view["manager"], view["nodes"]));
        Assert.Equal("action=1000&seq=behind", await peer.ReadTextAsync());
    }

    [Fact]
    public async Task A_question_that_the_manager_does_not_answer_is_answered_with_timeout_and_a_close()
    {
        using var peer = await FramePeer.OpenAsync(Host.Port);
        await peer.SendAsync(Wire.Text("action=9&seq=q"), Wire.Text("action=9&seq=never"));
        await Host.Manager.NextAsync<ManagerQueries.ViewFleet>();

        var reply = new Parameters(await Time.UntilAsync(peer.ReadTextAsync()));

        Assert.Equal(("2000", "timeout", "q"), (reply["action"], reply["code"], reply["seq"]));
        Assert.Equal(1011, (await peer.ReadCloseAsync()).CloseCode);
    }

    [Fact]
    public async Task A_report_that_is_refused_for_want_of_room_closes_the_link_for_a_later_try()
    {
        using var peer = await FramePeer.OpenAsync(Host.Port);
        await peer.SendTextAsync("action=1&node=w");
        var (reported, link) = await Host.Manager.NextAsync<ManagerEvents.ServerReported>();

        link.Tell(new ManagerEvents.ReportRefused(reported.Server.Link, "no-capacity", "the registry is full"), Host.Manager.Ref);

        Assert.Equal("action=1000", await peer.ReadTextAsync());
        var close = await peer.ReadCloseAsync();
        Assert.Equal((1013, "the registry is full"), (close.CloseCode, close.CloseReason));
    }

    [Fact]
    public async Task A_CshBBrain_server_that_is_refused_keeps_its_link_since_it_would_never_come_back()
    {
        using var peer = await FramePeer.OpenAsync(Host.Port, "Protocol", "127.0.0.1");
        await peer.SendTextAsync("action=1&port=7074");
        var (reported, link) = await Host.Manager.NextAsync<ManagerEvents.ServerReported>();

        link.Tell(new ManagerEvents.ReportRefused(reported.Server.Link, "no-capacity", "the registry is full"), Host.Manager.Ref);
        Time.Advance(TimeSpan.FromSeconds(30));
        await peer.SendTextAsync("action=1&port=7074");

        await Host.Manager.NextAsync<ManagerEvents.ServerReported>();
    }

    [Fact]
    public async Task An_allocation_is_not_written_once_this_server_may_not_act_any_more()
    {
        using var peer = await FramePeer.OpenAsync(Host.Port);
        await peer.SendTextAsync("action=0&seq=1");
        var (_, link) = await Host.Manager.NextAsync<ManagerQueries.Allocate>();
        Gates.Close(Host.Gate, holder: "10.0.0.2:9292");

        link.Tell(
            new ManagerQueries.AllocationGranted("w-1", "10.0.0.5", 7070, "token", TimeSpan.FromSeconds(9.6), ImmutableArray<Protocol.Messages.AllocationCandidate>.Empty) { Epoch = Gates.Epoch },
            Host.Manager.Ref);

        var reply = new Parameters(await peer.ReadTextAsync());
        Assert.Equal(("not-authority", "1", null), (reply["code"], reply["seq"], reply.Find("lease")));
        Assert.Equal(("10.0.0.2", "9292", "2"), (reply["ip"], reply["port"], reply["epoch"]));
    }

    [Fact]
    public async Task An_allocation_goes_out_with_everything_the_manager_said()
    {
        using var peer = await FramePeer.OpenAsync(Host.Port);
        await peer.SendTextAsync("action=0&seq=1");
        var (_, link) = await Host.Manager.NextAsync<ManagerQueries.Allocate>();

        link.Tell(
            new ManagerQueries.AllocationGranted("w-1", "10.0.0.5", 7070, "token", TimeSpan.FromSeconds(9.6), ImmutableArray<Protocol.Messages.AllocationCandidate>.Empty) { Epoch = Gates.Epoch },
            Host.Manager.Ref);

        var reply = new Parameters(await peer.ReadTextAsync());
        Assert.Equal(
            ("w-1", "10.0.0.5", "7070", "token", "10", "1"),
            (reply["node"], reply["ip"], reply["port"], reply["lease"], reply["expires"], reply["seq"]));
    }
}
