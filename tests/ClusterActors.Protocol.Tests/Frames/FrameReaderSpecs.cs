using System.Buffers.Binary;
using ClusterActors.Protocol.Frames;

namespace ClusterActors.Protocol.Tests.Frames;

public class FrameReaderSpecs
{
    private static readonly FrameRules Rules = new() { MaxMessageBytes = 100_000 };

    public class Good_traffic
    {
        [Fact]
        public void Every_stream_is_read_the_same_however_it_is_cut()
        {
            foreach (var (name, stream, events) in FrameStreams.All)
            {
                foreach (var (split, segments) in Bytes.Splits(stream))
                    Assert.Equal((name, split, string.Join('|', events)), (name, split, string.Join('|', FrameFeed.Run(Rules, segments))));
            }
        }

        [Fact]
        public void Long_frames_are_read_the_same_cut_around_their_headers_and_in_pieces()
        {
            foreach (var (name, stream, events) in FrameStreams.Long)
            {
                for (var at = 0; at < 20; at++)
                    Assert.Equal((name, at, string.Join('|', events)), (name, at, string.Join('|', FrameFeed.Run(Rules, stream[..at], stream[at..]))));
                Assert.Equal((name, string.Join('|', events)), (name, string.Join('|', FrameFeed.Run(Rules, stream.Chunk(1460)))));
            }
        }

        [Fact]
        public void A_partial_masked_frame_may_be_shown_again_and_again()
        {
            var frame = Bytes.Written(w => FrameWriter.WriteMasked(w, Opcode.Text, "Hello"u8, 0x3d21fa37));
            using var reader = new FrameReader(Rules);
            for (var length = 0; length < frame.Length; length++)
            {
                Assert.Equal(FrameEventKind.NeedMore, reader.Read(frame.AsSpan(0, length), out var none).Kind);
                Assert.Equal(0, none);
            }

            var found = reader.Read(frame, out var consumed);

            Assert.Equal((FrameEventKind.Text, frame.Length), (found.Kind, consumed));
            Assert.Equal("Hello"u8.ToArray(), found.Payload.ToArray());
        }

        [Fact]
        public void Line_ends_are_skipped_ahead_of_the_first_frame_only()
        {
            foreach (var (_, segments) in Bytes.Splits(Bytes.Hex("0d 0a 81 01 41")))
                Assert.Equal(["text A"], FrameFeed.Run(FrameRules.Link, segments));
            Assert.StartsWith("violation 1002", FrameFeed.Run(FrameRules.Link, Bytes.Hex("81 01 41 0d 0a"))[1], StringComparison.Ordinal);
            Assert.StartsWith("violation 1002", FrameFeed.Run(Rules, Bytes.Hex("0d 0a 81 01 41"))[0], StringComparison.Ordinal);
        }
    }

    public class What_a_caller_must_hold
    {
        [Theory]
        [InlineData("", 0)] // no frame has begun
        [InlineData("81", 2)]
        [InlineData("81 05", 7)]
        [InlineData("81 05 48 65", 7)]
        [InlineData("81 85", 6)] // the masking key first
        [InlineData("81 85 37 fa 21 3d", 11)]
        [InlineData("81 7e", 4)]
        [InlineData("81 7e 01 00", 260)]
        [InlineData("81 ff 00", 14)]
        [InlineData("81 7f 00 00 00 00 00 01 00 00", 65546)]
        [InlineData("01 01 41 80 02 42", 4)] // counted from what is not consumed yet
        public void The_needed_bytes_are_named(string hex, int needed)
        {
            using var feed = new FrameFeed(Rules);
            feed.Receive(Bytes.Hex(hex));
            Assert.Equal(needed, feed.NeededBytes);
        }

        [Fact]
        public void An_unfinished_message_shows_when_the_connection_ends()
        {
            using var feed = new FrameFeed(Rules);
            Assert.False(feed.Reader.IsInsideMessage);
            feed.Receive(Bytes.Hex("01 01 41"));
            Assert.True(feed.Reader.IsInsideMessage);
            Assert.Equal(0, feed.Held);
            feed.Receive(Bytes.Hex("80 00"));
            Assert.False(feed.Reader.IsInsideMessage);
            feed.Receive(Bytes.Hex("81 02 41"));
            Assert.Equal(3, feed.Held);
        }
    }

    public class Hostile_traffic
    {
        public static TheoryData<string, int, string> Table => new()
        {
            { "c1 00", 1002, "RSV" },                                                    // RSV1
            { "a1", 1002, "RSV" },                                                       // RSV2, told by the first byte
            { "91 00", 1002, "RSV" },                                                    // RSV3
            { "83 00", 1002, "opcode 3 is reserved" },
            { "87", 1002, "opcode 7 is reserved" },
            { "8b 00", 1002, "opcode 11 is reserved" },
            { "8f 00", 1002, "opcode 15 is reserved" },
            { "08 00", 1002, "control frame must not be fragmented" },
            { "09", 1002, "control frame must not be fragmented" },
            { "0a 00", 1002, "control frame must not be fragmented" },
            { "89 7e", 1002, "at most 125 bytes" },                                      // a ping with a 16-bit length
            { "88 ff", 1002, "at most 125 bytes" },                                      // a close with a 64-bit one
            { "81 7e 00 7d", 1002, "a length of 125 must be written in its shortest form" },
            { "81 7e 00 00", 1002, "shortest form" },
            { "81 7f 00 00 00 00 00 00 ff ff", 1002, "a length of 65535 must be written in its shortest form" },
            { "82 ff 00 00 00 00 00 00 00 05", 1002, "shortest form" },
            { "82 7f 80 00 00 00 00 00 00 00", 1002, "highest bit" },                    // negative
            { "82 7f ff ff ff ff ff ff ff ff", 1002, "highest bit" },
            { "82 7f 7f ff ff ff ff ff ff ff", 1009, "may have 100000 bytes" },          // eight exabytes
            { "82 7f 00 00 00 00 00 01 86 a1", 1009, "may have 100000 bytes" },          // one over the limit
            { "81 02 c3 28", 1007, "not UTF-8" },
            { "81 03 ed a0 80", 1007, "not UTF-8" },                                     // half a surrogate pair
            { "81 02 c0 80", 1007, "not UTF-8" },                                        // overlong NUL
            { "81 04 f4 90 80 80", 1007, "not UTF-8" },                                  // beyond U+10FFFF
            { "81 01 e5", 1007, "not UTF-8" },                                           // ends inside a character
            { "01 01 e5 80 02 61 61", 1007, "not UTF-8" },                               // over the fragments together
            { "88 01 03", 1002, "two bytes" },
            { "88 02 00 00", 1002, "0 is no close code" },
            { "88 02 03 e7", 1002, "999 is no close code" },
            { "88 02 03 ec", 1002, "1004 is no close code" },
            { "88 02 03 ed", 1002, "1005 is no close code" },
            { "88 02 03 ee", 1002, "1006 is no close code" },
            { "88 02 03 f7", 1002, "1015 is no close code" },
            { "88 02 03 f8", 1002, "1016 is no close code" },
            { "88 02 0b b7", 1002, "2999 is no close code" },
            { "88 02 13 88", 1002, "5000 is no close code" },
            { "88 02 ff ff", 1002, "65535 is no close code" },
            { "88 04 03 e8 c3 28", 1007, "reason of a close is not UTF-8" },
            { "80 00", 1002, "without a message to continue" },
            { "00 01 41", 1002, "without a message to continue" },
            { "81 00 80 00", 1002, "without a message to continue" },                    // after a whole message
            { "01 01 41 80 01 42 80 00", 1002, "without a message to continue" },        // after an assembled one
            { "01 01 41 81 01 42", 1002, "inside a fragmented one" },
            { "02 00 02 00", 1002, "inside a fragmented one" },
        };

        [Theory]
        [MemberData(nameof(Table))]
        public void Each_is_answered_with_its_code_however_it_is_cut(string hex, int code, string words)
        {
            foreach (var (split, segments) in Bytes.Splits(Bytes.Join(Bytes.Hex(hex), Bytes.Hex("81 01 41"))))
            {
                var last = FrameFeed.Run(Rules, segments)[^1];
                Assert.StartsWith($"violation {code} ", last, StringComparison.Ordinal);
                Assert.True(last.Contains(words, StringComparison.Ordinal), $"{split}: {last}");
            }
        }

        [Theory]
        [InlineData(MaskPolicy.Required, "81 00", true)]
        [InlineData(MaskPolicy.Required, "89 00", true)]
        [InlineData(MaskPolicy.Required, "81 80 00 00 00 00", false)]
        [InlineData(MaskPolicy.Forbidden, "81 80 00 00 00 00", true)]
        [InlineData(MaskPolicy.Forbidden, "88 80 00 00 00 00", true)]
        [InlineData(MaskPolicy.Forbidden, "81 00", false)]
        [InlineData(MaskPolicy.Either, "81 80 00 00 00 00 81 00", false)]
        public void The_mask_policy_is_kept(MaskPolicy policy, string hex, bool violated)
        {
            var first = FrameFeed.Run(Rules with { Mask = policy }, Bytes.Hex(hex))[0];
            Assert.Equal(violated, first.StartsWith("violation 1002", StringComparison.Ordinal));
        }

        [Theory]
        [InlineData("82 04 01 02 03 04", false)] // exactly the limit
        [InlineData("82 05", true)] // one over, told by the header
        [InlineData("02 02 01 02 80 02 03 04", false)] // fragments that come to the limit
        [InlineData("02 02 01 02 80 03", true)] // one over
        [InlineData("02 04 01 02 03 04 00 00 80 00", false)] // empty fragments behind it
        [InlineData("02 04 01 02 03 04 89 05 01 02 03 04 05 80 00", false)] // a control frame does not count
        public void The_limit_holds_for_a_frame_and_for_a_message(string hex, bool violated)
        {
            var last = FrameFeed.Run(new FrameRules { MaxMessageBytes = 4 }, Bytes.Hex(hex))[^1];
            Assert.Equal(violated, last.StartsWith("violation 1009", StringComparison.Ordinal));
        }
    }

    public class Memory
    {
        [Theory]
        [InlineData(0x82)]
        [InlineData(0x02)]
        public void A_header_that_promises_a_gibibyte_allocates_nothing_for_it(byte first)
        {
            byte[] header = [first, 0x7f, .. new byte[8], 1, 2, 3];
            BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(2), 1L << 30);
            using var warm = new FrameReader(new FrameRules { MaxMessageBytes = int.MaxValue - 100 });
            _ = warm.Read(header, out _);
            using var reader = new FrameReader(new FrameRules { MaxMessageBytes = int.MaxValue - 100 });

            var before = GC.GetAllocatedBytesForCurrentThread();
            var found = reader.Read(header, out var consumed);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            Assert.Equal((FrameEventKind.NeedMore, (1 << 30) + 10, 0), (found.Kind, found.NeededBytes, consumed));
            Assert.Equal(0, allocated);
        }

        [Fact]
        public void The_limit_is_checked_before_anything_is_allocated()
        {
            byte[] header = [0x82, 0x7f, 0, 0, 0, 0, 0x40, 0, 0, 0];
            using var warm = new FrameReader(Rules);
            _ = warm.Read(header, out _);
            using var reader = new FrameReader(Rules);

            var before = GC.GetAllocatedBytesForCurrentThread();
            var found = reader.Read(header, out _);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            Assert.Equal((FrameEventKind.Violation, CloseCode.TooBig), (found.Kind, found.CloseCode));
            Assert.InRange(allocated, 0, 1000); // the sentence
        }

        [Fact]
        public void Whole_messages_are_read_without_allocating()
        {
            var stream = Bytes.Join([.. Enumerable.Range(0, 100).Select(i =>
                Bytes.Written(w => FrameWriter.WriteMasked(w, Opcode.Text, FrameStreams.Letters(i * 7), 0x01020304)))]);
            using var reader = new FrameReader(Rules);
            Assert.Equal(100, CountMessages(reader, (byte[])stream.Clone()));

            var before = GC.GetAllocatedBytesForCurrentThread();
            var count = CountMessages(reader, stream);

            Assert.Equal((100, 0L), (count, GC.GetAllocatedBytesForCurrentThread() - before));
        }

        [Fact]
        public void Many_fragmented_messages_reuse_what_the_pool_has()
        {
            var message = Bytes.Join([.. Enumerable.Range(0, 50).Select(i =>
                Bytes.Written(w => FrameWriter.Write(w, i == 0 ? Opcode.Binary : Opcode.Continuation, new byte[1000], fin: i == 49)))]);
            using var reader = new FrameReader(Rules);
            for (var i = 0; i < 50; i++)
                Assert.Equal(1, CountMessages(reader, message));

            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1000; i++)
                _ = CountMessages(reader, message);

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000); // 50 MB went through
        }

        private static int CountMessages(FrameReader reader, Span<byte> input)
        {
            var count = 0;
            while (reader.Read(input, out var consumed).Kind != FrameEventKind.NeedMore)
            {
                count++;
                input = input[consumed..];
            }

            return count;
        }
    }
}
