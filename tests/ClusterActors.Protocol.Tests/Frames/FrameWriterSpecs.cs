using System.Buffers;
using System.Text;
using ClusterActors.Protocol.Frames;
using FsCheck.Xunit;

namespace ClusterActors.Protocol.Tests.Frames;

public class FrameWriterSpecs
{
    [Fact]
    public void A_text_is_written_as_in_RFC_6455() =>
        Assert.Equal(Bytes.Hex("81 05 48 65 6c 6c 6f"), Bytes.Written(w => FrameWriter.Write(w, Opcode.Text, "Hello"u8)));

    [Fact]
    public void A_masked_text_is_written_as_in_RFC_6455() =>
        Assert.Equal(
            Bytes.Hex("81 85 37 fa 21 3d 7f 9f 4d 51 58"),
            Bytes.Written(w => FrameWriter.WriteMasked(w, Opcode.Text, "Hello"u8, BitConverter.ToUInt32([0x37, 0xfa, 0x21, 0x3d]))));

    [Theory]
    [InlineData(0, "82 00")]
    [InlineData(125, "82 7d")]
    [InlineData(126, "82 7e 00 7e")]
    [InlineData(65535, "82 7e ff ff")]
    [InlineData(65536, "82 7f 00 00 00 00 00 01 00 00")]
    public void Lengths_take_their_shortest_form(int length, string header)
    {
        var bytes = Bytes.Written(w => FrameWriter.Write(w, Opcode.Binary, new byte[length]));
        Assert.Equal(Bytes.Hex(header), bytes[..^length]);
    }

    [Fact]
    public void A_close_without_code_is_the_one_of_the_requirements() => Assert.Equal(Bytes.Hex("88 00"), Bytes.Written(w => FrameWriter.WriteClose(w)));

    [Fact]
    public void A_close_carries_code_and_words() =>
        Assert.Equal(Bytes.Hex("88 05 03 e9 62 79 65"), Bytes.Written(w => FrameWriter.WriteClose(w, CloseCode.GoingAway, "bye")));

    [Fact]
    public void The_words_of_a_close_are_cut_between_characters()
    {
        var bytes = Bytes.Written(w => FrameWriter.WriteClose(w, CloseCode.GoingAway, new string('字', 100) + "😀"));

        Assert.Equal(new string('字', 41), Encoding.UTF8.GetString(bytes.AsSpan(4)));
        Assert.Equal(2 + 123, bytes[1]);
    }

    [Theory]
    [InlineData(999)]
    [InlineData(CloseCode.None)]
    [InlineData(1006)]
    [InlineData(1015)]
    [InlineData(5000)]
    public void Codes_that_must_not_be_sent_are_not(int code) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FrameWriter.WriteClose(new ArrayBufferWriter<byte>(), code));

    [Fact]
    public void Ping_and_pong_carry_their_payload()
    {
        Assert.Equal(Bytes.Hex("89 01 41"), Bytes.Written(w => FrameWriter.WritePing(w, "A"u8)));
        Assert.Equal(Bytes.Hex("8a 00"), Bytes.Written(w => FrameWriter.WritePong(w)));
    }

    [Fact]
    public void Control_frames_are_whole_and_short()
    {
        Assert.Throws<ArgumentException>(() => FrameWriter.WritePing(new ArrayBufferWriter<byte>(), new byte[126]));
        Assert.Throws<ArgumentException>(() => FrameWriter.Write(new ArrayBufferWriter<byte>(), Opcode.Close, [], fin: false));
    }

    [Fact]
    public void Masking_keys_are_fresh()
    {
        var keys = Enumerable.Range(0, 50).Select(_ => Convert.ToHexString(Bytes.Written(w => FrameWriter.WriteMasked(w, Opcode.Text, []))[2..]));
        Assert.InRange(keys.Distinct().Count(), 49, 50);
    }

    [Property]
    public void What_is_written_is_read_again(byte[] payload, uint key, bool masked, byte repeat, ushort fragment)
    {
        ArgumentNullException.ThrowIfNull(payload);
        byte[] all = [.. Enumerable.Repeat(payload, repeat + 1).SelectMany(p => p)];
        var bytes = Bytes.Written(w =>
        {
            var pieces = all.Chunk(fragment + 1).DefaultIfEmpty([]).ToList();
            for (var i = 0; i < pieces.Count; i++)
            {
                var opcode = i == 0 ? Opcode.Binary : Opcode.Continuation;
                if (masked)
                    FrameWriter.WriteMasked(w, opcode, pieces[i], key, i == pieces.Count - 1);
                else
                    FrameWriter.Write(w, opcode, pieces[i], i == pieces.Count - 1);
            }
        });

        Assert.Equal([$"binary {Convert.ToHexString(all)}"], FrameFeed.Run(FrameRules.Link, bytes));
    }

    [Property]
    public void The_vectorised_mask_is_the_one_of_RFC_6455(byte[] payload, uint key, byte repeat)
    {
        ArgumentNullException.ThrowIfNull(payload);
        byte[] data = [.. Enumerable.Repeat(payload, (repeat % 8) + 1).SelectMany(p => p)];
        var keyBytes = BitConverter.GetBytes(key);
        var expected = data.Select((b, i) => (byte)(b ^ keyBytes[i % 4])).ToArray();

        FrameMask.Apply(data, key);

        Assert.Equal(expected, data);
    }
}
