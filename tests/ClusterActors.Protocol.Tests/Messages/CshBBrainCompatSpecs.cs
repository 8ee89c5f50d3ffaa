using System.Buffers;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Protocol.Tests.Messages;

public class CshBBrainCompatSpecs
{
    [Fact]
    public void An_allocation_has_their_form() =>
        Assert.Equal("{ip:'1.2.3.4',port:7070}", Bytes.Text(w => CshBBrainCompat.WriteAllocation(w, "1.2.3.4", 7070)));

    [Fact]
    public void An_address_cannot_break_out_of_its_quotes() =>
        Assert.Throws<ArgumentException>(() => CshBBrainCompat.WriteAllocation(new ArrayBufferWriter<byte>(), "1',x:'", 1));

    [Theory]
    [InlineData("{ip:'1.2.3.4',port:7070}", "1.2.3.4", 7070)]
    [InlineData("{ip:'::1',port:1}", "::1", 1)]
    public void Their_allocation_is_read(string text, string ip, int port)
    {
        Assert.True(CshBBrainCompat.TryReadAllocation(Bytes.Of(text), out var readIp, out var readPort));
        Assert.Equal((ip, port), (readIp, readPort));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ip:'")]
    [InlineData("{ip:'}")]
    [InlineData("{ip:'',port:1}")]
    [InlineData("{ip:'a',port:}")]
    [InlineData("{ip:'a',port:0}")]
    [InlineData("{ip:'a',port:65536}")]
    [InlineData("{ip:'a',port:1")]
    [InlineData("{ip:'a b',port:1}")]
    [InlineData("action=1000&ip=1.2.3.4&port=1")]
    public void Anything_else_is_none(string text) => Assert.False(CshBBrainCompat.TryReadAllocation(Bytes.Of(text), out _, out _));

    [Fact]
    public void Only_lengths_their_reader_cannot_bear_are_padded_and_then_to_one_it_can()
    {
        for (var length = 0; length <= 70_000; length++)
        {
            var bad = length is 127 or (>= 32_768 and <= 65_533);
            var padded = length + CshBBrainCompat.PaddingFor(length);
            Assert.Equal(bad, padded != length);
            Assert.False(padded is 127 or (>= 32_768 and <= 65_533));
        }
    }

    [Theory]
    [InlineData(127, "&x=1")]
    [InlineData(65_533, "&x=1")]
    [InlineData(65_530, "&x=1")]
    [InlineData(65_529, "&x=11")]
    [InlineData(126, "")]
    public void The_padding_is_one_more_parameter(int length, string padding)
    {
        Assert.Equal(padding, Bytes.Text(w => CshBBrainCompat.WritePadding(w, length)));
        Assert.Equal(padding.Length, CshBBrainCompat.PaddingFor(length));
    }

    [Fact]
    public void A_padded_message_still_reads_the_same()
    {
        var payload = Bytes.Of("action=0&key=" + new string('k', 127 - "action=0&key=".Length));
        byte[] padded = [.. payload, .. Bytes.Written(w => CshBBrainCompat.WritePadding(w, payload.Length))];

        Assert.True(MessageReader.TryRead(payload, out var expected, out _));
        Assert.True(MessageReader.TryRead(padded, out var message, out _));
        Assert.Equal((131, expected), (padded.Length, message));
    }
}
