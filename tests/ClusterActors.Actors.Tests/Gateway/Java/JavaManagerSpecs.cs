using System.Buffers;
using System.Net.Sockets;
using System.Text;
using ClusterActors.Actors.Gateway;
using ClusterActors.Actors.Tests.Harness;
using ClusterActors.Protocol.Messages;
using ClusterActors.TestSupport;
using FsCheck;
using FsCheck.Xunit;

namespace ClusterActors.Actors.Tests.Gateway.Java;

/// <summary>A worker of ours at an existing CshBBrain manager (PROTOCOL.md section 5), played as strictly as the Java server is.</summary>
public sealed class JavaManagerSpecs
{
    private static readonly string[] FirstRow =
        ["action", "coreCount", "readerWriterCount", "workerCount", "clientCount", "clustersCount", "port", "localCount"];

    private const string Hasty = "connection.handshakeTimeout = 200ms";

    [Fact]
    public async Task A_manager_that_ignores_Clusters_is_dialed_as_what_it_is()
    {
        using var java = new ManagerStub();
        await using var node = await TestNode.StartWorkerAsync([java.Port], Hasty);
        using (var first = await java.AcceptAsync())
        {
            Assert.Equal("Clusters", ManagerStub.Header(await ManagerStub.ReadRequestAsync(first), "Protocol"));
            Assert.True(await first.IsEndedAsync());
        }

        using var second = await java.AcceptAsync();

        Assert.Matches("^CshBBrain\r\nHost:127\\.0\\.0\\.1\r\nKey:[0-9a-f]{24}\r\nProtocol:Protocol\r\n$", await ReceiveOnceAsync(second));
    }

    [Fact]
    public async Task It_gets_reports_of_the_first_row_alone_and_answers_them()
    {
        using var java = new ManagerStub();
        await using var node = await TestNode.StartWorkerAsync([java.Port], Hasty);
        using var link = await LinkAsync(java);

        for (var i = 0; i < 3; i++)
        {
            var report = await ManagerStub.TakeReportAsync(link);
            Assert.Equal(FirstRow, report.Names);
            Assert.Equal($"{node.BusinessPort}", report["port"]);
        }

        await node.HasLoggedAsync("an existing CshBBrain server");
    }

    [Fact]
    public async Task Answers_to_its_commands_avoid_the_length_that_it_chokes_on()
    {
        using var java = new ManagerStub();
        await using var node = await TestNode.StartWorkerAsync([java.Port], $"report.interval = 1h\n{Hasty}");
        using var link = await LinkAsync(java);
        await ManagerStub.TakeReportAsync(link);
        var lengths = new List<int>();
        for (var length = 1; length <= 100; length++)
        {
            await link.SendTextAsync($"action=10&on=1&node={new string('n', length)}");
            lengths.Add((await link.ReadTextAsync()).Length);
        }

        Assert.DoesNotContain(127, lengths);
        Assert.Contains(126, lengths);
        Assert.Contains(128, lengths);
    }

    [Fact]
    public async Task Nothing_is_sent_before_its_answer()
    {
        using var java = new ManagerStub();
        using var ours = new ManagerStub();
        await using var node = await TestNode.StartWorkerAsync([java.Port, ours.Port], "connection.handshakeTimeout = 30s");
        using (var first = await java.AcceptAsync())
            _ = await ManagerStub.ReadRequestAsync(first);
        using var tcp = await java.AcceptAsync();
        var request = await ReceiveOnceAsync(tcp);

        // Several reports go to another manager meanwhile; a frame now would make the Java server close.
        using var other = await ours.LinkAsync();
        for (var i = 0; i < 4; i++)
            await ManagerStub.TakeReportAsync(other);
        Assert.Equal(0, tcp.Socket.Available);

        await ManagerStub.AnswerAsync(tcp, request, "protocol");
        await ManagerStub.TakeReportAsync(new FramePeer(tcp));
    }

    [Fact]
    public async Task Its_failures_are_logged_in_words_and_not_answered()
    {
        using var java = new ManagerStub();
        await using var node = await TestNode.StartWorkerAsync([java.Port], Hasty);
        using var link = await LinkAsync(java);
        Assert.Equal(FirstRow, new Parameters(await link.ReadTextAsync()).Names);

        await link.SendTextAsync("500处理失败了");

        await node.HasLoggedAsync("the CshBBrain server could not process the request");
        Assert.Equal(FirstRow, (await ManagerStub.TakeReportAsync(link)).Names);
    }

    [Fact]
    public async Task A_manager_of_ours_that_was_only_slow_gets_whole_reports_in_the_end()
    {
        using var manager = new ManagerStub();
        await using var node = await TestNode.StartWorkerAsync([manager.Port], Hasty);
        using (var slow = await manager.AcceptAsync())
            _ = await ManagerStub.ReadRequestAsync(slow);
        using (var mistaken = await manager.AcceptAsync())
        {
            var request = await ManagerStub.ReadRequestAsync(mistaken);
            Assert.Equal("Protocol", ManagerStub.Header(request, "Protocol"));
            await ManagerStub.AnswerAsync(mistaken, request, protocol: null);
            Assert.True(await mistaken.IsEndedAsync());
        }

        using var tcp = await manager.AcceptAsync();
        var last = await ManagerStub.ReadRequestAsync(tcp);
        Assert.Equal("Clusters", ManagerStub.Header(last, "Protocol"));
        await ManagerStub.AnswerAsync(tcp, last, protocol: null);

        Assert.Equal("node-1", (await ManagerStub.TakeReportAsync(new FramePeer(tcp)))["node"]);
    }

    [Fact]
    public async Task A_refusal_in_words_is_no_reason_to_take_a_manager_for_an_old_one()
    {
        using var manager = new ManagerStub();
        await using var node = await TestNode.StartWorkerAsync([manager.Port], "connection.handshakeTimeout = 30s");
        using (var full = await manager.AcceptAsync())
        {
            _ = await ManagerStub.ReadRequestAsync(full);
            await full.SendAsync("CshBBrain\r\nError:this server is full\r\n"u8.ToArray());
            Assert.True(await full.IsEndedAsync());
        }

        using var next = await manager.AcceptAsync();

        Assert.Equal("Clusters", ManagerStub.Header(await ManagerStub.ReadRequestAsync(next), "Protocol"));
        await node.HasLoggedAsync("refused by the far end: this server is full");
    }

    [Property]
    public bool No_report_has_a_length_it_chokes_on(
        NonNegativeInt cores, NonNegativeInt loops, NonNegativeInt threads, NonNegativeInt clients, NonNegativeInt links, byte scale)
    {
        var output = new ArrayBufferWriter<byte>();
        var report = new ServerReport
        {
            Node = "node-1",
            CoreCount = Scaled(cores, scale),
            ReaderWriterCount = Scaled(loops, scale),
            WorkerCount = Scaled(threads, scale),
            ClientCount = Scaled(clients, scale),
            ClustersCount = Scaled(links, scale),
            Port = 65535,
        };

        output.WriteReport(report, toCshBBrain: true);

        // All first rows are shorter than 32,768 bytes, so 127 is the one length to avoid; its header has four bytes.
        return output.WrittenCount is not (127 + 4) && !Encoding.UTF8.GetString(output.WrittenSpan).Contains("node", StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_of_127_bytes_is_padded()
    {
        var output = new ArrayBufferWriter<byte>();
        var report = new ServerReport { CoreCount = 1234567, ReaderWriterCount = 12, WorkerCount = 1234567890, ClientCount = 1234, ClustersCount = 12, Port = 7070 };

        output.WriteReport(report, toCshBBrain: true);

        Assert.Equal([0x81, 126, 0, 131], output.WrittenSpan[..4].ToArray());
        Assert.EndsWith("&localCount=0&x=1", Encoding.UTF8.GetString(output.WrittenSpan), StringComparison.Ordinal);
    }

    private static int Scaled(NonNegativeInt value, byte scale) => (int)Math.Min(int.MaxValue, value.Get * Math.Pow(10, scale % 9));

    private static async Task<FramePeer> LinkAsync(ManagerStub java)
    {
        using (var ignored = await java.AcceptAsync())
            _ = await ManagerStub.ReadRequestAsync(ignored);
        var tcp = await java.AcceptAsync();
        var request = await ReceiveOnceAsync(tcp);
        await ManagerStub.AnswerAsync(tcp, request, "protocol");
        return new FramePeer(tcp);
    }

    /// <summary>What one receive brings, as the Java server reads a handshake.</summary>
    private static async Task<string> ReceiveOnceAsync(TcpPeer tcp)
    {
        var segment = new byte[4096];
        return Encoding.ASCII.GetString(segment, 0, await tcp.Socket.ReceiveAsync(segment, SocketFlags.None));
    }
}
