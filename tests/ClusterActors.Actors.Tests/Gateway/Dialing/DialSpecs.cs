using ClusterActors.Actors.Tests.Harness;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests.Gateway.Dialing;

/// <summary>How a worker finds its managers and stays with them.</summary>
public sealed class DialSpecs
{
    [Fact]
    public async Task The_handshake_tells_the_cluster_port_that_is_really_open()
    {
        using var manager = new ManagerStub();
        await using var node = await TestNode.StartWorkerAsync([manager.Port]);
        using var link = await manager.AcceptAsync();

        var request = await ManagerStub.ReadRequestAsync(link);

        Assert.Matches($"^CshBBrain\r\nHost:127\\.0\\.0\\.1:{node.ClusterPort}\r\nKey:[A-Za-z0-9+/]{{22}}==\r\nProtocol:Clusters\r\n$", request);
    }

    [Fact]
    public async Task Every_manager_gets_every_report()
    {
        using var first = new ManagerStub();
        using var second = new ManagerStub();
        await using var node = await TestNode.StartWorkerAsync([first.Port, second.Port]);
        using var firstLink = await first.LinkAsync();
        using var secondLink = await second.LinkAsync();

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("node-1", (await ManagerStub.TakeReportAsync(firstLink))["node"]);
            Assert.Equal("node-1", (await ManagerStub.TakeReportAsync(secondLink))["node"]);
        }
    }

    [Fact]
    public async Task A_manager_gets_a_report_as_soon_as_it_is_linked()
    {
        using var manager = new ManagerStub();
        await using var node = await TestNode.StartWorkerAsync([manager.Port], "report.interval = 1h");
        using var link = await manager.LinkAsync();

        Assert.Equal("node-1", (await ManagerStub.TakeReportAsync(link))["node"]);
    }

    [Fact]
    public async Task A_manager_that_is_away_at_first_is_found_when_it_comes()
    {
        var port = FreePort.Next();
        await using var node = await TestNode.StartWorkerAsync([port]);
        await node.HasLoggedAsync("Cannot reach the manager at");

        using var manager = new ManagerStub(port);
        using var link = await manager.LinkAsync();

        await ManagerStub.TakeReportAsync(link);
    }

    [Fact]
    public async Task A_manager_that_restarts_is_dialed_again_and_gets_a_report_at_once()
    {
        var port = FreePort.Next();
        await using var node = await TestNode.StartWorkerAsync([port]);
        for (var life = 0; life < 3; life++)
        {
            using var manager = new ManagerStub(port);
            using var link = await manager.LinkAsync();
            await ManagerStub.TakeReportAsync(link);
        }

        await node.HasLoggedAsync("Lost the manager at");
    }

    [Fact]
    public async Task The_loss_of_one_manager_is_nothing_to_the_other()
    {
        using var first = new ManagerStub();
        using var second = new ManagerStub();
        await using var node = await TestNode.StartWorkerAsync([first.Port, second.Port]);
        using var firstLink = await first.LinkAsync();
        using var secondLink = await second.LinkAsync();

        firstLink.Tcp.Reset();
        using var again = await first.LinkAsync();

        await ManagerStub.TakeReportAsync(again);
        for (var i = 0; i < 5; i++)
            await ManagerStub.TakeReportAsync(secondLink);
    }

    [Fact]
    public async Task A_manager_that_takes_the_handshake_and_says_nothing_more_is_given_up()
    {
        using var manager = new ManagerStub();
        await using var node = await TestNode.StartWorkerAsync([manager.Port], "links.timeout = 1s");
        using var silent = await manager.LinkAsync();
        Assert.Equal("1", new Parameters(await silent.ReadTextAsync())["action"]);

        // Reports that came before the close are read over.
        var last = await silent.ReadAsync();
        while (last.Opcode == Wire.TextOpcode)
            last = await silent.ReadAsync();

        Assert.Equal((1001, "the manager said nothing for 1 s"), (last.CloseCode, last.CloseReason));
        using var next = await manager.LinkAsync();
        await ManagerStub.TakeReportAsync(next);
    }

    [Fact]
    public async Task Silence_between_rare_reports_is_no_silence()
    {
        using var manager = new ManagerStub();
        await using var node = await TestNode.StartWorkerAsync([manager.Port], "report.interval = 3s, links.timeout = 1s");
        using var link = await manager.LinkAsync();

        // The second comes three times the limit after the first, on the same link.
        await ManagerStub.TakeReportAsync(link);
        await ManagerStub.TakeReportAsync(link);
    }

    [Fact]
    public async Task A_manager_that_accepts_and_never_answers_is_given_up_too()
    {
        using var manager = new ManagerStub();
        await using var node = await TestNode.StartWorkerAsync([manager.Port], "connection.handshakeTimeout = 200ms");
        using var silent = await manager.AcceptAsync();
        await ManagerStub.ReadRequestAsync(silent);

        Assert.True(await silent.IsEndedAsync());
        using var next = await manager.AcceptAsync();
        await ManagerStub.ReadRequestAsync(next);
    }

    [Fact]
    public async Task A_manager_that_answers_the_wrong_key_is_not_believed()
    {
        using var manager = new ManagerStub();
        await using var node = await TestNode.StartWorkerAsync([manager.Port]);
        using var liar = await manager.AcceptAsync();
        await ManagerStub.ReadRequestAsync(liar);
        await liar.SendAsync(Wire.Response());

        Assert.True(await liar.IsEndedAsync());
        await node.HasLoggedAsync("does not answer the key");
    }

    [Fact]
    public async Task A_command_that_is_not_known_is_answered_so_and_the_link_stays()
    {
        using var manager = new ManagerStub();
        await using var node = await TestNode.StartWorkerAsync([manager.Port], "report.interval = 1h");
        using var link = await manager.LinkAsync();
        await ManagerStub.TakeReportAsync(link);

        await link.SendAsync(Wire.Text("action=40&seq=c"), Wire.Text("action=9&seq=v"), Wire.Frame(Wire.BinaryOpcode, [1]), Wire.Frame(Wire.PingOpcode, "p"u8));

        Assert.Equal(("unknown-action", "c"), CodeAndSeq(await link.ReadTextAsync()));
        Assert.Equal(("unknown-action", "v"), CodeAndSeq(await link.ReadTextAsync()));
        Assert.Equal(("bad-request", null), CodeAndSeq(await link.ReadTextAsync()));
        Assert.Equal(Wire.Frame(Wire.PongOpcode, "p"u8), await link.Tcp.ReadExactlyAsync(3));
    }

    [Fact]
    public async Task A_report_that_is_refused_is_logged()
    {
        using var manager = new ManagerStub();
        await using var node = await TestNode.StartWorkerAsync([manager.Port]);
        using var link = await manager.LinkAsync();
        await link.ReadTextAsync();

        await link.SendTextAsync("action=2000&code=not-authorized&msg=who are you");

        await node.HasLoggedAsync("who are you");
    }

    [Fact]
    public async Task A_manager_that_ends_every_link_at_once_is_dialed_at_growing_pauses_and_never_given_up()
    {
        using var manager = new ManagerStub();
        await using var node = await TestNode.StartWorkerAsync([manager.Port]);
        for (var i = 0; i < 8; i++)
        {
            using var link = await manager.LinkAsync();
            await ManagerStub.TakeReportAsync(link);
            link.Tcp.Reset();
        }

        using var last = await manager.LinkAsync();
        await ManagerStub.TakeReportAsync(last);
    }

    private static (string?, string?) CodeAndSeq(string reply)
    {
        var parameters = new Parameters(reply);
        return (parameters.Find("code"), parameters.Find("seq"));
    }
}
