using System.Text;
using ClusterActors.Protocol.Frames;
using ClusterActors.Protocol.Handshake;
using ClusterActors.Protocol.Messages;
using ClusterActors.Protocol.Tests.Frames;
using ClusterActors.Protocol.Tests.Messages;

namespace ClusterActors.Protocol.Tests;

/// <summary>What was recorded between two Java servers, byte for byte (PROTOCOL.md section 5).</summary>
public class JavaReplaySpecs
{
    private static readonly byte[] WorkerHandshake = Bytes.Hex(
        "43 73 68 42 42 72 61 69 6e 0d 0a 48 6f 73 74 3a 31 32 37 2e 30 2e 30 2e 31 0d 0a 4b 65 79 3a 33 65 65 64 37 64" +
        "35 62 63 65 64 63 34 39 34 64 61 39 36 32 31 66 32 65 0d 0a 50 72 6f 74 6f 63 6f 6c 3a 50 72 6f 74 6f 63 6f 6c 0d 0a");

    private static readonly byte[] ManagerHandshake =
        Bytes.Of("CshBBrain\r\nHost:127.0.0.1\r\nAccept:Ax9ni4UCZbd0aE7kuX0M0qVv3QY=\r\nProtocol:protocol\r\n");

    private static readonly byte[] Report = Bytes.Join(Bytes.Hex("81 6c"), Bytes.Of(
        "action=1&coreCount=2&readerWriterCount=2&workerCount=10&clientCount=0&clustersCount=0&port=7074&localCount=0"));

    private static readonly byte[] Done = Bytes.Hex("81 0b 61 63 74 69 6f 6e 3d 31 30 30 30");

    private static readonly HandshakeRequest Request = new("127.0.0.1", "3eed7d5bcedc494da9621f2e", "Protocol");

    [Fact]
    public void The_recorded_lengths_are_right() => Assert.Equal((76, 83, 110, 13), (WorkerHandshake.Length, ManagerHandshake.Length, Report.Length, Done.Length));

    [Fact]
    public void Their_worker_opens_a_link_to_us()
    {
        Assert.Equal(ReadStatus.Done, HandshakeRequestReader.TryRead(WorkerHandshake, 1024, out var request, out var consumed, out _));
        Assert.Equal((Request, 76, true), (request!, consumed, request!.IsCshBBrain));
    }

    [Fact]
    public void Our_answer_is_their_managers_but_for_the_case_that_they_do_not_mind() =>
        Assert.Equal(
            Encoding.ASCII.GetString(ManagerHandshake).Replace("protocol\r\n", "Protocol\r\n", StringComparison.Ordinal),
            Bytes.Text(w => HandshakeWriter.WriteResponse(w, Request)));

    [Fact]
    public void We_open_a_link_as_their_worker_does_and_know_their_manager_by_its_answer()
    {
        Assert.Equal(WorkerHandshake, Bytes.Written(w => HandshakeWriter.WriteRequest(w, Request)));
        Assert.Equal(ReadStatus.Done, HandshakeResponseReader.TryRead(ManagerHandshake, Request, 1024, out var response, out var consumed, out _));
        Assert.Equal((new HandshakeResponse("127.0.0.1", "protocol", true), 83), (response!, consumed));
    }

    [Fact]
    public void Their_report_is_read_and_ours_to_their_manager_has_the_same_bytes()
    {
        var text = Assert.Single(FrameFeed.Run(FrameRules.Link, Report))["text ".Length..];
        Assert.True(MessageReader.TryRead(Bytes.Of(text), out var message, out _));

        var report = ((ReportMessage)message!).Report;

        Assert.Equal(Examples.Show(Examples.FirstRow), Examples.Show(report));
        var payload = Bytes.Written(w => MessageWriter.WriteReport(w, report, firstRowOnly: true));
        Assert.Equal(Report, Bytes.Written(w => FrameWriter.Write(w, Opcode.Text, payload)));
    }

    [Fact]
    public void Our_reply_is_the_one_their_manager_gives()
    {
        var payload = Bytes.Written(w => MessageWriter.Write(w, Reply.Done()));
        Assert.Equal(Done, Bytes.Written(w => FrameWriter.Write(w, Opcode.Text, payload)));
        Assert.Equal(["text action=1000"], FrameFeed.Run(FrameRules.Link, Done));
    }

    [Fact]
    public void Their_allocation_is_read_and_ours_in_their_form_has_the_same_bytes()
    {
        var recorded = Bytes.Join(Bytes.Hex("81 1a"), Bytes.Of("{ip:'127.0.0.1',port:8001}"));
        var text = Assert.Single(FrameFeed.Run(FrameRules.Link, recorded))["text ".Length..];

        Assert.True(CshBBrainCompat.TryReadAllocation(Bytes.Of(text), out var ip, out var port));

        Assert.Equal(("127.0.0.1", 8001), (ip, port));
        var payload = Bytes.Written(w => CshBBrainCompat.WriteAllocation(w, ip, port));
        Assert.Equal(recorded, Bytes.Written(w => FrameWriter.Write(w, Opcode.Text, payload)));
    }

    [Theory]
    [InlineData(0x12, "500处理失败了", "the CshBBrain server could not process the request")]
    [InlineData(0x3f, "没有指明的请求操作，请求中必须指明action类型", "the CshBBrain server found no action in the request")]
    [InlineData(0x0b, "action=1000", null)]
    public void Their_failures_are_recognised(byte length, string text, string? reason)
    {
        var recorded = Bytes.Join([0x81, length], Bytes.Of(text));
        Assert.Equal(length, recorded.Length - 2);
        Assert.Equal([$"text {text}"], FrameFeed.Run(FrameRules.Link, recorded));

        Assert.Equal(reason is not null, CshBBrainCompat.TryReadFailure(Bytes.Of(text), out var read));
        Assert.Equal(reason, read);
    }

    [Fact]
    public void A_whole_link_is_read_however_it_is_cut()
    {
        foreach (var (split, segments) in Bytes.Splits(Bytes.Join(WorkerHandshake, Report, Report)))
        {
            using var feed = new FrameFeed(FrameRules.Link);
            byte[] held = [];
            var open = false;
            foreach (var segment in segments)
            {
                held = [.. held, .. segment];
                if (!open)
                {
                    open = HandshakeRequestReader.TryRead(held, 1024, out _, out var consumed, out _) == ReadStatus.Done;
                    held = held[consumed..];
                }

                if (!open)
                    continue;
                feed.Receive(held);
                held = [];
            }

            Assert.Equal((split, 2), (split, feed.Events.Count));
        }
    }
}
