using System.Buffers;
using ClusterActors.Protocol.Frames;
using ClusterActors.Protocol.Messages;
using FsCheck;
using FsCheck.Xunit;

namespace ClusterActors.Protocol.Tests.Messages;

public class MessageSpecs
{
    private static Message Read(string text)
    {
        Assert.True(MessageReader.TryRead(Bytes.Of(text), out var message, out var refusal), refusal?.Msg);
        return message!;
    }

    public class On_the_wire
    {
        [Fact]
        public void Every_message_has_its_bytes()
        {
            foreach (var (message, text) in Examples.Golden)
                Assert.Equal(text, Bytes.Text(w => MessageWriter.Write(w, message)));
        }

        [Fact]
        public void Every_message_is_read_from_its_bytes()
        {
            foreach (var (message, text) in Examples.Golden)
                Assert.Equal(Examples.Show(message), Examples.Show(Read(text)));
        }

        [Fact]
        public void Every_message_comes_through_frames_however_they_are_cut()
        {
            foreach (var (message, text) in Examples.Golden)
            {
                var frames = Bytes.Join(
                    Bytes.Written(w => FrameWriter.Write(w, Opcode.Text, Bytes.Of(text))),
                    Bytes.Written(w => FrameWriter.WriteMasked(w, Opcode.Text, Bytes.Of(text))));
                foreach (var (split, segments) in Bytes.Splits(frames))
                {
                    var read = Tests.Frames.FrameFeed.Run(FrameRules.Link, segments).Select(e => Examples.Show(Read(e["text ".Length..])));
                    Assert.Equal((split, string.Join('|', Examples.Show(message), Examples.Show(message))), (split, string.Join('|', read)));
                }
            }
        }

        [Fact]
        public void Only_the_first_row_goes_to_a_CshBBrain_manager() =>
            Assert.Equal(
                Examples.FullText[..Examples.FullText.IndexOf("&node", StringComparison.Ordinal)],
                Bytes.Text(w => MessageWriter.WriteReport(w, Examples.Full, firstRowOnly: true)));

        [Fact]
        public void A_percentage_measured_a_little_over_100_is_100()
        {
            var text = Bytes.Text(w => MessageWriter.WriteReport(w, Examples.FirstRow with { CpuUsage = 100.3, ProcessCpuUsage = double.NaN }));
            Assert.Contains("&cpuUsage=100.00&", text, StringComparison.Ordinal);
            Assert.DoesNotContain("processCpuUsage", text, StringComparison.Ordinal);
        }

        [Fact]
        public void A_seq_that_no_reader_takes_is_not_written() =>
            Assert.Throws<ArgumentException>(() => MessageWriter.Write(new ArrayBufferWriter<byte>(), new ViewRequest { Seq = new string('x', 33) }));
    }

    public class Tolerance
    {
        [Theory]
        [InlineData("key=k&zebra=1&action=0&seq=3")] // action need not come first, unknown names are ignored
        [InlineData("seq=3&action=0000&key=%6b&Key=other&ACTION=9")] // any escape is decoded, names are case-sensitive
        [InlineData("action=0&key=k&explain=%30&seq=%33&empty=")]
        public void What_a_reader_takes(string text) => Assert.Equal(new AllocateRequest("k") { Seq = "3" }, Read(text));

        [Fact]
        public void Values_are_split_first_and_decoded_after() =>
            Assert.Equal(new AllocateRequest("a&b=c%41+d"), Read("action=0&key=a%26b%3dc%2541+d"));

        [Fact]
        public void An_equals_sign_in_a_value_is_part_of_it() => Assert.Equal(new AllocateRequest("a=b="), Read("action=0&key=a=b="));

        [Fact]
        public void A_report_may_leave_anything_out() =>
            Assert.Equal(Examples.Show(new ServerReport()), Examples.Show(((ReportMessage)Read("action=1&ports=&leases=")).Report));

        [Theory]
        [InlineData("action=1&coreCount=12&node=a&seq=3")]
        [InlineData("coreCount=12&seq=3&action=1&node=a")]
        [InlineData("seq=3&node=%61&coreCount=1%32&action=1")]
        public void A_report_may_name_its_action_anywhere(string text)
        {
            var message = (ReportMessage)Read(text);
            Assert.Equal((12, "a", "3"), (message.Report.CoreCount, message.Report.Node, message.Seq));
        }

        [Fact]
        public void What_only_a_report_must_not_have_is_no_matter_elsewhere() =>
            Assert.Equal(new ViewRequest { Seq = "3" }, Read("coreCount=x&port=-1&action=9&seq=3"));

        [Fact]
        public void Numbers_of_a_report_may_be_escaped()
        {
            var report = ((ReportMessage)Read("action=1&coreCount=%31%32&node=a%26b&leases=a%2Cb")).Report;
            Assert.Equal((12, "a&b", "a,b"), (report.CoreCount, report.Node, string.Join(',', report.Leases)));
        }

        [Theory]
        [InlineData("0", 0)]
        [InlineData("100", 100)]
        [InlineData("100.00", 100)]
        [InlineData("99.99", 99.99)]
        [InlineData("007.5", 7.5)]
        [InlineData("0.000000000000001", 1e-15)]
        public void Percentages(string text, double percent) => Assert.Equal(percent, ((ReportMessage)Read($"action=1&cpuUsage={text}")).Report.CpuUsage);

        [Fact]
        public void The_largest_numbers_are_read()
        {
            var report = ((ReportMessage)Read("action=1&clientCount=2147483647&epoch=9223372036854775807&port=65535")).Report;
            Assert.Equal((int.MaxValue, long.MaxValue, 65535), (report.ClientCount, report.Epoch, report.Port));
        }

        [Fact]
        public void Names_are_not_decoded() => Assert.Equal([new("a%", "1"), new("%41", "2")], ((Reply)Read("action=1000&a%=1&%41=2")).Values);

        [Fact]
        public void A_failure_without_a_code_is_an_internal_one() => Assert.Equal("internal", ((Reply)Read("action=2000")).Code);
    }

    public class Refusals
    {
        public static TheoryData<string, string, string?, string> Table => new()
        {
            { "", "bad-request", null, "the message is empty" },
            { "hello", "bad-request", null, "'hello' is not name=value" },
            { "{\"action\":9}", "bad-request", null, "is not name=value" },                                   // JSON
            { "seq=5", "bad-request", "5", "there is no action" },
            { "action=&seq=5", "bad-request", "5", "action '' must be a number" },
            { "action=abc&seq=5", "bad-request", "5", "action 'abc' must be a number" },
            { "action=-1&seq=5", "bad-request", "5", "action '-1' must be a number" },
            { "action=1000000000", "bad-request", null, "action '1000000000' must be a number" },
            { "action=99999999999999999999", "bad-request", null, "must be a number" },
            { "action=77&seq=5", "unknown-action", "5", "action 77 is not known here" },
            { "seq=5&action=31&count=1", "unknown-action", "5", "action 31 is not known here" },
            { "action=0&seq=5&", "bad-request", "5", "'' is not name=value" },                                // trailing &
            { "action=0&&seq=5", "bad-request", "5", "'' is not name=value" },                                // empty part
            { "action=0&seq=5&key", "bad-request", "5", "'key' is not name=value" },                          // no =
            { "action=0&seq=5&=k", "bad-request", "5", "'=k' is not name=value" },                            // no name
            { "action=0&seq=5&key=a&key=a", "bad-request", "5", "parameter 'key' comes twice" },
            { "action=0&seq=5&x=a&y=1&x=b", "bad-request", "5", "parameter 'x' comes twice" },                // also an unknown one
            { "action=9&action=9&seq=5", "bad-request", "5", "parameter 'action' comes twice" },
            { "action=9&seq=5&seq=6", "bad-request", "5", "parameter 'seq' comes twice" },
            { "action=0&seq=5&key=%", "bad-request", "5", "key '%' has a malformed escape" },
            { "action=0&seq=5&key=%4", "bad-request", "5", "malformed escape" },
            { "action=0&seq=5&key=%4g", "bad-request", "5", "malformed escape" },
            { "action=9&seq=5&x=%zz", "bad-request", "5", "x '%zz' has a malformed escape" },                 // also an unknown one
            { "action=0&seq=5&key=%ff", "bad-request", "5", "key '%ff' must be 1-256 characters of UTF-8" },
            { "action=0&seq=5&key=", "bad-request", "5", "key '' must be 1-256 characters" },
            { "action=0&seq=5&key=" + new string('k', 257), "bad-request", "5", "must be 1-256 characters" },
            { "action=0&seq=5&explain=yes", "bad-request", "5", "explain 'yes' must be 0 or 1" },
            { "action=9&seq=" + new string('5', 33), "bad-request", null, "must be at most 32 characters" },
            { "action=9&seq=%fe", "bad-request", null, "seq '%fe' must be at most 32 characters of UTF-8" },
            { "action=1&seq=5&workerCount=-1", "bad-request", "5", "workerCount '-1' must be a whole number from 0 to 2147483647" },
            { "action=1&coreCount=", "bad-request", null, "coreCount '' must be a whole number" },
            { "action=1&coreCount=1e3", "bad-request", null, "coreCount '1e3' must be" },
            { "action=1&coreCount= 1", "bad-request", null, "coreCount ' 1' must be" },
            { "action=1&coreCount=+1", "bad-request", null, "coreCount '+1' must be" },
            { "action=1&coreCount=１", "bad-request", null, "coreCount '１' must be" },                        // a full-width digit
            { "action=1&clientCount=2147483648", "bad-request", null, "from 0 to 2147483647" },
            { "action=1&epoch=9223372036854775808", "bad-request", null, "from 0 to 9223372036854775807" },
            { "action=1&port=65536", "bad-request", null, "port '65536' must be a whole number from 0 to 65535" },
            { "action=1&role=0", "bad-request", null, "role '0' must be 1, 2 or 3" },
            { "action=1&role=4", "bad-request", null, "role '4' must be 1, 2 or 3" },
            { "action=1&cpuUsage=100.01", "bad-request", null, "cpuUsage '100.01' must be a percentage from 0 to 100" },
            { "action=1&cpuUsage=-0", "bad-request", null, "must be a percentage" },
            { "action=1&cpuUsage=NaN", "bad-request", null, "must be a percentage" },
            { "action=1&cpuUsage=1.", "bad-request", null, "must be a percentage" },
            { "action=1&cpuUsage=.5", "bad-request", null, "must be a percentage" },
            { "action=1&processCpuUsage=1.2.3", "bad-request", null, "processCpuUsage '1.2.3' must be a percentage" },
            { "action=1&draining=true", "bad-request", null, "draining 'true' must be 0 or 1" },
            { "action=1&ports=80,", "bad-request", null, "ports '80,' must be at most 1024 ports" },
            { "action=1&ports=0", "bad-request", null, "ports from 1 to 65535" },
            { "action=1&leases=a,b c", "bad-request", null, "leases 'a,b c' must be at most 16384 tokens" },
            { "action=1&node=", "bad-request", null, "node '' must be 1-128 bytes of text" },
            { "action=1&node=" + new string('n', 129), "bad-request", null, "1-128 bytes of text" },
            { "action=1&node=a%0Ab", "bad-request", null, "node 'a?b' must be" },                             // would forge a log line
            { "action=1&coreCount=x&port=y&seq=5", "bad-request", "5", "coreCount 'x' must be" },             // the first of two
            { "action=1&coreCount=x&seq=5&q=%", "bad-request", "5", "q '%' has a malformed escape" },         // the form comes first
            { "action=1&coreCount=x&coreCount=1", "bad-request", null, "parameter 'coreCount' comes twice" },
            { "action=1&coreCount=x&seq=%fe", "bad-request", null, "seq '%fe' must be at most" },             // so does the seq
            { "coreCount=x&action=1&seq=5", "bad-request", "5", "coreCount 'x' must be" },
            { "coreCount=x&action=77&seq=5", "unknown-action", "5", "action 77 is not known here" },
        };

        [Theory]
        [MemberData(nameof(Table))]
        public void Each_is_answered_with_its_code_and_names_what_is_wrong(string text, string code, string? seq, string words)
        {
            Assert.False(MessageReader.TryRead(Bytes.Of(text), out var message, out var refusal));

            Assert.Null(message);
            Assert.Equal((code, seq), (refusal!.Code, refusal.Seq));
            Assert.Contains(words, refusal.Msg, StringComparison.Ordinal);
            Assert.Equal(Examples.Show(refusal), Examples.Show(Read(Bytes.Text(w => MessageWriter.Write(w, refusal)))));
        }

        [Theory]
        [InlineData("action=1000&a")]
        [InlineData("action=2000&code=x&code=y")]
        [InlineData("x=%&action=2000")]
        [InlineData("action=1000&x=%ff")]
        public void A_bad_reply_is_not_answered(string text) => Assert.Equal((false, null, null), (MessageReader.TryRead(Bytes.Of(text), out var m, out var r), m, r));

        [Fact]
        public void Text_that_is_not_UTF_8_is_refused() =>
            Assert.False(MessageReader.TryRead([.. "action=0&key="u8, 0xc3, 0x28], out _, out _));

        [Fact]
        public void At_most_64_parameters_are_taken()
        {
            var text = "action=9" + string.Concat(Enumerable.Range(1, 63).Select(i => $"&p{i}="));
            Assert.IsType<ViewRequest>(Read(text));
            Assert.False(MessageReader.TryRead(Bytes.Of(text + "&q="), out _, out var refusal));
            Assert.Equal("there are more than 64 parameters", refusal!.Msg);
        }

        [Fact]
        public void At_most_1024_ports_are_taken()
        {
            var ports = string.Join(',', Enumerable.Range(1, 1024));
            Assert.Equal(1024, ((ReportMessage)Read($"action=1&ports={ports}")).Report.Ports.Count);
            Assert.False(MessageReader.TryRead(Bytes.Of($"action=1&ports={ports},1025"), out _, out _));
        }

        [Fact]
        public void A_mebibyte_of_ampersands_is_refused_at_once()
        {
            var payload = new byte[1024 * 1024];
            payload.AsSpan().Fill((byte)'&');
            Assert.False(MessageReader.TryRead(payload, out _, out var refusal));
            Assert.Equal("'' is not name=value", refusal!.Msg);
        }
    }

    public class Round_trips
    {
        [Property]
        public void Any_key_and_seq(NonNull<string> key, NonNull<string> seq, bool explain)
        {
            var request = new AllocateRequest(Text(key.Get, 256) is { Length: > 0 } k ? k : null, explain) { Seq = Text(seq.Get, 32) };
            Assert.Equal(request, Read(Bytes.Text(w => MessageWriter.Write(w, request))));
        }

        [Property]
        public void Any_report(NonNegativeInt[] counts, int? small, long? large, ushort percent, bool some, NonNull<string> node)
        {
            ArgumentNullException.ThrowIfNull(counts);
            int Count(int i) => counts.Length == 0 ? 0 : counts[i % counts.Length].Get;
            int? maybeSmall = small is { } s ? Math.Abs(s % 1_000_000) : null;
            long? maybeLarge = large is { } l ? l & long.MaxValue : null;
            var name = new string([.. node.Get.Where(c => !char.IsControl(c) && !char.IsSurrogate(c)).Take(40)]);
            var report = new ServerReport
            {
                CoreCount = Count(0),
                ReaderWriterCount = Count(1),
                WorkerCount = Count(2),
                ClientCount = Count(3),
                ClustersCount = Count(4),
                LocalCount = Count(5),
                Port = Count(6) % 65536,
                Node = name.Length == 0 ? null : name,
                Version = some ? "1.2" : null,
                Epoch = maybeLarge,
                Role = some ? (percent % 3) + 1 : null,
                CpuUsage = some ? (percent % 10001) / 100.0 : null,
                ProcessCpuUsage = some ? null : (percent % 10001) / 100.0,
                MemoryTotal = maybeLarge,
                MemoryUsed = maybeLarge,
                ProcessMemory = maybeLarge,
                MaxClientCount = maybeSmall,
                AcceptorCount = maybeSmall,
                Ports = [.. counts.Select(c => (c.Get % 65535) + 1)],
                QueueLength = maybeSmall,
                Draining = some,
                Leases = [.. counts.Select(c => $"t-{c.Get}")],
            };

            var read = (ReportMessage)Read(Bytes.Text(w => MessageWriter.WriteReport(w, report, "1")));

            Assert.Equal(Examples.Show(report), Examples.Show(read.Report));
        }

        [Property]
        public void Any_reply(NonNull<string>[] values, bool done, NonNull<string> msg)
        {
            ArgumentNullException.ThrowIfNull(values);
            ArgumentNullException.ThrowIfNull(msg);
            List<Parameter> parameters = [.. values.Take(50).Select((v, i) => new Parameter($"v{i}", Text(v.Get, 1000)))];
            var reply = done ? Reply.Done(parameters) : Reply.Failed("any-word", Text(msg.Get, 1000), parameters);
            Assert.Equal(Examples.Show(reply), Examples.Show(Read(Bytes.Text(w => MessageWriter.Write(w, reply)))));
        }

        private static string Text(string any, int max) => new([.. any.Where(c => !char.IsSurrogate(c)).Take(max)]);
    }

    public class Memory
    {
        [Fact]
        public void A_report_allocates_itself_and_its_strings_only()
        {
            var payload = Bytes.Of(Examples.FullText);
            _ = MessageReader.TryRead(payload, out _, out _);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
                _ = MessageReader.TryRead(payload, out _, out _);

            // The record, its message, two texts, two lists, two tokens.
            Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 1, 700);
        }

        [Fact]
        public void Parameters_are_walked_over_without_allocating()
        {
            var payload = Bytes.Of(Examples.FullText);
            Assert.Equal(23, Count(payload));
            var before = GC.GetAllocatedBytesForCurrentThread();
            _ = Count(payload);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        private static int Count(ReadOnlySpan<byte> payload)
        {
            var reader = new ParameterReader(payload);
            var count = 0;
            while (reader.TryRead(out _, out _))
                count++;
            return count;
        }
    }
}
