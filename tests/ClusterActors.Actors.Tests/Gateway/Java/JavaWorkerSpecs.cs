using System.Net.Sockets;
using System.Text;
using ClusterActors.Actors.Tests.Harness;
using Microsoft.Extensions.Time.Testing;

namespace ClusterActors.Actors.Tests.Gateway.Java;

/// <summary>An existing CshBBrain worker at a manager of ours: its recorded bytes, at its pace (PROTOCOL.md section 5).</summary>
public sealed class JavaWorkerSpecs : IAsyncLifetime
{
    private const string Node = "127.0.0.1:7074";

    private static readonly byte[] Opening =
        "CshBBrain\r\nHost:127.0.0.1\r\nKey:3eed7d5bcedc494da9621f2e\r\nProtocol:Protocol\r\n"u8.ToArray();

    private static readonly byte[] Answer =
        "CshBBrain\r\nHost:127.0.0.1\r\nAccept:Ax9ni4UCZbd0aE7kuX0M0qVv3QY=\r\nProtocol:Protocol\r\n"u8.ToArray();

    private static readonly byte[] Report =
        [0x81, 0x6c, .. "action=1&coreCount=2&readerWriterCount=2&workerCount=10&clientCount=0&clustersCount=0&port=7074&localCount=0"u8];

    private readonly FakeTimeProvider _time = new();
    private TestNode? _manager;

    private int Port => _manager!.ClusterPort;

    public async Task InitializeAsync() => _manager = await TestNode.StartManagerAsync(time: _time);

    public async Task DisposeAsync() => await _manager!.DisposeAsync();

    [Fact]
    public void The_recorded_bytes_are_the_recorded_ones() =>
        Assert.Equal((76, 110), (Opening.Length, Report.Length));

    [Fact]
    public async Task Its_handshake_is_answered_with_four_lines_in_one_segment_and_nothing_else()
    {
        using var java = await FramePeer.ConnectAsync(Port);
        await java.Tcp.SendAsync(Opening);

        // One receive, as the Java server does it: what is not in it does not exist.
        var segment = new byte[4096];
        var length = await java.Tcp.Socket.ReceiveAsync(segment, SocketFlags.None);

        Assert.Equal(Encoding.ASCII.GetString(Answer), Encoding.ASCII.GetString(segment, 0, length));
        await ReportAsync(java);
    }

    [Fact]
    public async Task Its_reports_are_answered_with_thirteen_bytes()
    {
        using var java = await LinkAsync();
        _time.Advance(TimeSpan.FromSeconds(60));

        await java.Tcp.SendAsync(Report);

        Assert.Equal([0x81, 0x0b, .. "action=1000"u8], await java.Tcp.ReadExactlyAsync(13));
    }

    [Fact]
    public async Task At_its_pace_it_is_up_and_allocated_to()
    {
        using var java = await LinkAsync();
        Assert.Null(await Fleet.FindAsync(Port, Node));
        _time.Advance(TimeSpan.FromSeconds(60));
        for (var report = 0; report < 4; report++)
        {
            await ReportAsync(java);
            await Fleet.ShowsAsync(Port, Node, "up");
            using var client = await FramePeer.OpenAsync(Port);
            var reply = await client.AskAsync("action=0");
            Assert.Equal((Node, "127.0.0.1", "7074"), (reply["node"], reply["ip"], reply["port"]));
            _time.Advance(TimeSpan.FromSeconds(30));
            Assert.Equal("up", await Fleet.StateAsync(Port, Node));
        }
    }

    [Fact]
    public async Task It_is_late_only_after_ninety_seconds()
    {
        using var java = await LinkAsync();
        await ReportAsync(java);
        await Fleet.ShowsAsync(Port, Node, "up");

        _time.Advance(TimeSpan.FromSeconds(90));
        Assert.Equal("up", await Fleet.StateAsync(Port, Node));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("late", await Fleet.StateAsync(Port, Node));
    }

    [Fact]
    public async Task Silence_of_an_hour_brings_it_neither_a_ping_nor_a_close()
    {
        using var java = await LinkAsync();
        for (var minute = 0; minute < 60; minute++)
            _time.Advance(TimeSpan.FromMinutes(1));

        // A link of ours that was opened before has been pinged by then: the loop has seen the time.
        using var ours = await FramePeer.OpenAsync(Port);
        _time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(Wire.PingOpcode, (await ours.ReadAsync()).Opcode);

        await ReportAsync(java);
    }

    [Fact]
    public async Task When_it_is_lost_the_log_says_that_it_has_to_be_restarted()
    {
        using var java = await LinkAsync();
        await ReportAsync(java);
        await Fleet.ShowsAsync(Port, Node, "up");

        java.Tcp.FinishSending();

        await _manager!.HasLoggedAsync("it does not dial again by itself, restart it");
        await Fleet.ShowsAsync(Port, Node, "unreachable");
    }

    [Fact]
    public async Task Commands_it_would_choke_on_are_not_sent_to_it_and_its_odd_answers_close_nothing()
    {
        using var java = await LinkAsync();

        await java.SendAsync(Wire.Text("500处理失败了"), Wire.Text("action=1000"));

        // The first is no message of ours and gets the one answer there is; the second is a reply.
        Assert.Equal("bad-request", new Parameters(await java.ReadTextAsync())["code"]);
        await ReportAsync(java);
    }

    private async Task<FramePeer> LinkAsync()
    {
        var java = await FramePeer.ConnectAsync(Port);
        await java.Tcp.SendAsync(Opening);
        Assert.Equal(Answer, await java.Tcp.ReadExactlyAsync(Answer.Length));
        return java;
    }

    private static async Task ReportAsync(FramePeer java)
    {
        await java.Tcp.SendAsync(Report);
        Assert.Equal(Wire.Done, await java.Tcp.ReadExactlyAsync(Wire.Done.Length));
    }
}
