using ClusterActors.Protocol.Frames;
using ClusterActors.Protocol.Handshake;
using ClusterActors.Protocol.Tests.Frames;

namespace ClusterActors.Protocol.Tests.Handshake;

public class HandshakeRequestReaderSpecs
{
    private const int Limit = HandshakeRequest.DefaultMaxBytes;

    private static (ReadStatus Status, HandshakeRequest? Request, int Consumed, string? Reason) Read(byte[] input, int limit = Limit)
    {
        var status = HandshakeRequestReader.TryRead(input, limit, out var request, out var consumed, out var reason);
        return (status, request, consumed, reason);
    }

    private static HandshakeRequest ReadDone(string text)
    {
        var (status, request, _, reason) = Read(Bytes.Of(text));
        Assert.True(status == ReadStatus.Done, reason);
        return request!;
    }

    public class Good_requests
    {
        [Fact]
        public void The_example_of_the_requirements_is_read()
        {
            var (status, request, consumed, _) = Read(Bytes.Of(HandshakeVectors.Request));

            Assert.Equal(ReadStatus.Done, status);
            Assert.Equal(new HandshakeRequest("192.168.12.112:9292", HandshakeVectors.Key, "Clusters"), request);
            Assert.Equal(HandshakeVectors.Request.Length, consumed);
            Assert.False(request!.IsCshBBrain);
        }

        [Theory]
        [InlineData("CSHBBRAIN\r\nHOST:h\r\nKEY:4tAjitqO9So2Wu8lkrsq3w==\r\nPROTOCOL:CLUSTERS\r\n", "CLUSTERS")] // upper case
        [InlineData("cshbbrain\nhost:h\nkey:4tAjitqO9So2Wu8lkrsq3w==\nprotocol:clusters\n", "clusters")] // lower case, LF
        [InlineData("CshBBrain\r\nHost: h\r\nKey: 4tAjitqO9So2Wu8lkrsq3w==\r\nProtocol: Clusters\r\n", "Clusters")] // one space
        [InlineData("CshBBrain\nHost:h\r\nKey:4tAjitqO9So2Wu8lkrsq3w==\nProtocol:Clusters", "Clusters")] // mixed, no last line end
        [InlineData("CshBBrain\r\nKey:4tAjitqO9So2Wu8lkrsq3w==\r\nHost:h\r\nProtocol:Clusters\r\n", "Clusters")] // other order
        [InlineData("CshBBrain\r\nHost:h\r\nAuth:1\r\nX-9_a:\r\nKey:4tAjitqO9So2Wu8lkrsq3w==\r\nProtocol:Clusters\r\n", "Clusters")] // extensions
        public void Forms_that_are_allowed(string text, string protocol) =>
            Assert.Equal(new HandshakeRequest("h", HandshakeVectors.Key, protocol), ReadDone(text));

        [Theory]
        [InlineData("Protocol")]
        [InlineData("protocol")]
        public void A_CshBBrain_server_is_known_by_its_protocol_name(string protocol) =>
            Assert.True(ReadDone($"CshBBrain\r\nHost:1.2.3.4\r\nKey:3eed7d5bcedc494da9621f2e\r\nProtocol:{protocol}\r\n").IsCshBBrain);

        [Fact]
        public void A_lease_is_taken_from_its_extension_header() =>
            Assert.Equal("aZ09_-", ReadDone($"CshBBrain\r\nHost:h\r\nLease:aZ09_-\r\nKey:{HandshakeVectors.Key}\r\nProtocol:Clusters\r\n").Lease);

        [Fact]
        public void A_lease_of_64_characters_is_taken()
        {
            var lease = new string('x', 64);
            Assert.Equal(lease, ReadDone($"CshBBrain\r\nHost:h\r\nLease:{lease}\r\nKey:{HandshakeVectors.Key}\r\nProtocol:Clusters\r\n").Lease);
        }
    }

    public class Bytes_in_segments
    {
        [Fact]
        public void Each_prefix_needs_more_until_the_protocol_name_is_complete()
        {
            var bytes = Bytes.Of(HandshakeVectors.Request);
            for (var length = 0; length < bytes.Length - 2; length++)
                Assert.Equal(ReadStatus.NeedMore, Read(bytes[..length]).Status);
            for (var length = bytes.Length - 2; length <= bytes.Length; length++)
                Assert.Equal((ReadStatus.Done, length), (Read(bytes[..length]).Status, Read(bytes[..length]).Consumed));
        }

        public static TheoryData<string, string> Endings => new()
        {
            { "\r\n", "\r\n" },   // as specified
            { "\n", "\n" },       // bare LF throughout
            { "\r\n", "" },       // the last line end never comes
            { "\r\n", "\r" },     // only its CR comes
            { "\r\n", "\n" },     // only its LF comes
            { "\r\n", "\r\n\r\n" }, // a blank line that should not be there
        };

        [Theory]
        [MemberData(nameof(Endings))]
        public void Frames_behind_the_request_are_found_however_it_is_cut(string lineEnd, string lastLineEnd)
        {
            var text = HandshakeVectors.Request.TrimEnd().Replace("\r\n", lineEnd, StringComparison.Ordinal) + lastLineEnd;
            var frames = Bytes.Join(
                Bytes.Written(w => FrameWriter.Write(w, Opcode.Text, "action=9"u8)),
                Bytes.Written(w => FrameWriter.WriteMasked(w, Opcode.Text, "action=9&seq=2"u8, 0x0a0d0a0d)));
            foreach (var (name, segments) in Bytes.Splits(Bytes.Join(Bytes.Of(text), frames)))
                Assert.Equal((name, "text action=9, text action=9&seq=2"), (name, string.Join(", ", Open(segments))));
        }

        [Theory]
        [InlineData("81 02 68 69")] // text
        [InlineData("01 01 68 80 01 69")] // fragments: the first byte is a control character in ASCII
        public void A_frame_may_follow_the_name_without_a_line_end(string hex)
        {
            var bytes = Bytes.Join(Bytes.Of(HandshakeVectors.Request.TrimEnd()), Bytes.Hex(hex));
            foreach (var (name, segments) in Bytes.Splits(bytes))
                Assert.Equal((name, "text hi"), (name, Assert.Single(Open(segments))));
        }

        private static List<string> Open(byte[][] segments)
        {
            using var feed = new FrameFeed(FrameRules.Link);
            byte[] held = [];
            HandshakeRequest? open = null;
            foreach (var segment in segments)
            {
                held = [.. held, .. segment];
                if (open is null)
                {
                    var (status, request, consumed, reason) = Read(held);
                    Assert.True(status != ReadStatus.Violation, reason);
                    open = request;
                    held = held[consumed..];
                }

                if (open is null)
                    continue;
                feed.Receive(held);
                held = [];
            }

            return feed.Events;
        }
    }

    public class Refusals
    {
        private const string Head = "CshBBrain\r\nHost:h\r\n";
        private const string KeyLine = "Key:4tAjitqO9So2Wu8lkrsq3w==\r\n";

        public static TheoryData<string, string> Table => new()
        {
            { "Hello\r\n", "the first line is 'Hello'; it must be CshBBrain" },                   // wrong word
            { "X", "the first line is 'X'; it must be CshBBrain" },                               // and at once
            { "CshBBrain \r\n", "the first line is 'CshBBrain '; it must be CshBBrain" },         // trailing space
            { "CshBBrain\rHost:h\r\n", "the first line" },                                        // bare CR
            { "\u0016\u0003\u0001", "the first line is '???'" },                                  // a TLS client hello
            { "CshBBrain\r\nHost\r\n", "line 2 has no colon: 'Host'; it must be Name:value" },    // no colon
            { "CshBBrain\r\n\r\n", "line 2 is blank" },                                           // blank line
            { Head + "\r\n", "line 3 is blank" },                                                 // blank line before Protocol
            { "CshBBrain\r\n:h\r\n", "line 2 has a bad name ''" },                                // empty name
            { "CshBBrain\r\nHost :h\r\n", "line 2 has a bad name 'Host '" },                      // space ahead of the colon
            { "CshBBrain\r\nHost:a\tb\r\n", "line 2 holds a control character (0x09)" },          // tab in a value
            { "CshBBrain\r\nHost:a\0", "line 2 holds a control character (0x00)" },               // NUL, before the line ends
            { "CshBBrain\r\nHost:a\rb\r\n", "line 2 holds a control character (0x0d)" },          // bare CR in a value
            { "CshBBrain\r\nHost:ä\r\n", "Host 'ä' is not plain ASCII" },                         // beyond ASCII
            { "CshBBrain\r\nX:ä\r\n", "X 'ä' is not plain ASCII" },                               // also where the name is unknown
            { "CshBBrain\r\nHost:\r\n", "Host '' is no address" },                                // empty
            { "CshBBrain\r\nHost:a b\r\n", "Host 'a b' is no address" },                          // inner space
            { "CshBBrain\r\nHost:  a\r\n", "Host ' a' is no address" },                           // only one space is trimmed
            { Head + "HOST:h\r\n", "HOST comes twice" },                                          // duplicate, other case
            { Head + KeyLine + KeyLine, "Key comes twice" },                                      // duplicate key
            { Head + "X:1\r\nx:2\r\n", "x comes twice" },                                         // duplicate of an unknown name
            { Head + "Key:\r\n", "Key has 0 characters; it must be 24" },                         // empty key
            { Head + "Key:4tAjitqO9So2Wu8lkrsq3w=\r\n", "Key has 23 characters" },                // one short
            { Head + "Key:4tAjitqO9So2Wu8lkrsq3w===\r\n", "Key has 25 characters" },              // one over
            { Head + "Key:4tAjitqO9So2 u8lkrsq3w==\r\n", "without spaces" },                      // inner space
            { Head + "Lease:\r\n", "Lease '' is no token; it must be 1-64 characters" },          // empty lease
            { Head + "Lease:a b\r\n", "Lease 'a b' is no token" },                                // bad character
            { Head + "Lease:" + new string('x', 65) + "\r\n", "is no token" },                    // too long
            { Head + "Protocol:Clusters\r\n", "there is no Key line" },                           // no key
            { "CshBBrain\r\n" + KeyLine + "Protocol:Clusters\r\n", "there is no Host line" },     // no host
            { Head + KeyLine + "Protocol:http\r\n", "Protocol 'http' is not known; it must be Clusters" }, // unknown
            { Head + KeyLine + "Protocol:\r\n", "Protocol '' is not known" },                     // empty
            { Head + KeyLine + "Protocol:Clus\r\n", "Protocol 'Clus' is not known" },             // a prefix of a known one
            { Head + KeyLine + "Protocol:ClustersX\r\n", "Protocol 'ClustersX' is not known" },   // and a longer one
            { Head + KeyLine + "Protocol:Clusters X\r\n", "Protocol 'Clusters X' is not known" }, // trailing words
        };

        [Theory]
        [MemberData(nameof(Table))]
        public void Each_is_refused_in_words(string text, string expected)
        {
            var (status, request, consumed, reason) = Read(Bytes.Of(text));

            Assert.Equal((ReadStatus.Violation, null, 0), (status, request, consumed));
            Assert.Contains(expected, reason, StringComparison.Ordinal);
        }

        [Fact]
        public void A_request_may_take_exactly_the_limit()
        {
            var filler = new string('x', 1024 - (HandshakeVectors.Request.Length + "X:\r\n".Length));
            var text = HandshakeVectors.Request.Replace("Host", $"X:{filler}\r\nHost", StringComparison.Ordinal);

            Assert.Equal((ReadStatus.Done, 1024), (Read(Bytes.Of(text)).Status, Read(Bytes.Of(text)).Consumed));
        }

        [Fact]
        public void A_request_over_the_limit_is_refused_as_soon_as_that_is_seen()
        {
            var bytes = Bytes.Of("CshBBrain\r\nX:" + new string('x', 2000));

            Assert.Equal(ReadStatus.NeedMore, Read(bytes[..1023]).Status);
            Assert.Equal((ReadStatus.Violation, "the handshake takes more than 1024 bytes"), (Read(bytes[..1024]).Status, Read(bytes[..1024]).Reason));
        }

        [Fact]
        public void Frames_behind_the_request_do_not_count_towards_the_limit() =>
            Assert.Equal(ReadStatus.Done, Read([.. Bytes.Of(HandshakeVectors.Request), .. new byte[5000]]).Status);

        [Fact]
        public void More_than_32_headers_are_refused()
        {
            var headers = string.Concat(Enumerable.Range(0, 33).Select(i => $"X{i}:\r\n"));
            Assert.Equal("there are more than 32 header lines", Read(Bytes.Of("CshBBrain\r\n" + headers)).Reason);
        }
    }
}
