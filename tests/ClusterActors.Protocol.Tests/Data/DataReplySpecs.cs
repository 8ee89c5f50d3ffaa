using System.Text;
using ClusterActors.Protocol.Data;
using FsCheck.Xunit;

namespace ClusterActors.Protocol.Tests.Data;

public class DataReplySpecs
{
    private static readonly EntryVersion Version = new(3, 2, 17);

    private static DataMark Mark => new("7"u8);

    private static DataReply Reply(byte[] payload, bool isBinary = false)
    {
        Assert.True(DataReplyReader.TryRead(isBinary, payload, out var reply, out _, out var reason), reason);
        return reply!;
    }

    private static DataPush Push(byte[] payload, bool isBinary = false)
    {
        Assert.True(DataReplyReader.TryRead(isBinary, payload, out _, out var push, out var reason), reason);
        return push!;
    }

    private static ReadOnlyMemory<byte>[] Keys(params string[] keys) => [.. keys.Select(key => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(key))];

    [Fact]
    public void Replies_are_written_as_specified()
    {
        Assert.Equal("ok=1", Bytes.Text(w => DataReplyWriter.WriteDone(w, default)));
        Assert.Equal("ok=1&seq=", Bytes.Text(w => DataReplyWriter.WriteDone(w, new DataMark(""u8))));
        Assert.Equal("ok=1&seq=7&version=3.2.17&acks=one", Bytes.Text(w => DataReplyWriter.WriteWritten(w, Mark, Version, AckLevel.One)));
        Assert.Equal("ok=1&seq=7&version=3.2.17&value=a%26b", Bytes.Text(w => DataReplyWriter.WriteEntry(w, Mark, Version, "a&b"u8, isText: true)));
        Assert.Equal("ok=1&seq=7&version=3.2.17\na&b", Bytes.Text(w => DataReplyWriter.WriteEntry(w, Mark, Version, "a&b"u8, isText: false)));
        Assert.Equal("ok=1&seq=7&keys=a,b%252Cc,d%2525,e%26&count=4&more=0", Bytes.Text(w => DataReplyWriter.WriteKeys(w, Mark, Keys("a", "b,c", "d%", "e&"), false)));
        Assert.Equal("ok=1&keys=&count=0&more=0", Bytes.Text(w => DataReplyWriter.WriteKeys(w, default, [], false)));
        Assert.Equal("ok=0&seq=7&code=not-found&msg=no, sorry", Bytes.Text(w => DataReplyWriter.WriteFailed(w, Mark, DataCode.NotFound, "no, sorry")));
        Assert.StartsWith("ok=0&seq=7&code=conflict&version=3.2.17&msg=", Bytes.Text(w => DataReplyWriter.WriteConflict(w, Mark, Version)), StringComparison.Ordinal);
        Assert.StartsWith("ok=0&code=conflict&version=none&msg=", Bytes.Text(w => DataReplyWriter.WriteConflict(w, default, null)), StringComparison.Ordinal);
        Assert.Equal("event=put&key=k&version=3.2.17&value=V", Bytes.Text(w => DataReplyWriter.WriteChange(w, DataChangeKind.Put, "k"u8, Version, "V"u8, isText: true)));
        Assert.Equal("event=put&key=k&version=3.2.17\nV", Bytes.Text(w => DataReplyWriter.WriteChange(w, DataChangeKind.Put, "k"u8, Version, "V"u8, isText: false)));
        Assert.Equal("event=expire&key=k&version=3.2.17", Bytes.Text(w => DataReplyWriter.WriteChange(w, DataChangeKind.Expire, "k"u8, Version, default, isText: false)));
    }

    [Fact]
    public void A_line_feed_in_a_mark_does_not_end_the_head_of_a_binary_reply()
    {
        var reply = Reply(Bytes.Written(w => DataReplyWriter.WriteEntry(w, new DataMark("a\nb"u8), Version, [0xff], isText: false)), isBinary: true);

        Assert.Equal("a\nb", reply.Seq);
        Assert.Equal([0xff], reply.Value.ToArray());
    }

    [Property]
    public void An_entry_is_read_as_it_was_written(byte[] value, long sequence)
    {
        var version = new EntryVersion(1, 1, sequence & long.MaxValue);
        var isText = DataReplyWriter.IsText(value);

        var reply = Reply(Bytes.Written(w => DataReplyWriter.WriteEntry(w, Mark, version, value, isText)), !isText);

        Assert.Equal((true, "7", version), (reply.IsOk, reply.Seq, reply.Version));
        Assert.Equal(value, reply.Value.ToArray());
    }

    [Property]
    public void Keys_are_read_as_they_were_written(string[] texts, bool more)
    {
        string[] keys = [.. texts.Select(text => string.Concat((text ?? "").Where(c => !char.IsSurrogate(c))) + "%,=")];

        var reply = Reply(Bytes.Written(w => DataReplyWriter.WriteKeys(w, default, Keys(keys), more)));

        Assert.Equal(keys, reply.Keys);
        Assert.Equal(more, reply.More);
    }

    [Theory]
    [InlineData(AckLevel.Local)]
    [InlineData(AckLevel.One)]
    [InlineData(AckLevel.All)]
    public void The_level_of_a_write_is_read(AckLevel level) =>
        Assert.Equal((level, Version), Reply(Bytes.Written(w => DataReplyWriter.WriteWritten(w, Mark, Version, level))) is { Acks: { } acks, Version: { } version } ? (acks, version) : default);

    [Theory]
    [InlineData(DataChangeKind.Put, "V")]
    [InlineData(DataChangeKind.Remove, "")]
    [InlineData(DataChangeKind.Expire, "")]
    public void Pushes_are_read(DataChangeKind kind, string value)
    {
        foreach (var isText in (bool[])[true, false])
        {
            var push = Push(Bytes.Written(w => DataReplyWriter.WriteChange(w, kind, "k"u8, Version, Bytes.Of(value), isText)), !isText);

            Assert.Equal((kind, "k", Version, value), (push.Kind, push.Key, push.Version, Encoding.UTF8.GetString(push.Value.Span)));
        }
    }

    [Fact]
    public void A_conflict_names_the_version_that_is_there_or_none()
    {
        Assert.Equal((false, "conflict", Version), Reply(Bytes.Written(w => DataReplyWriter.WriteConflict(w, Mark, Version))) is { Version: { } version } reply ? (reply.IsOk, reply.Code, version) : default);
        Assert.Null(Reply(Bytes.Written(w => DataReplyWriter.WriteConflict(w, Mark, null))).Version);
    }

    [Theory]
    [InlineData("x=1", "there is neither ok nor event")]
    [InlineData("ok=2", "ok '2' must be 0 or 1")]
    [InlineData("ok=1&version=1.1", "version '1.1' must be like")]
    [InlineData("ok=1&keys=a,%254", "keys holds '%4'")]
    [InlineData("event=gone&key=a&version=1.1.1", "event 'gone' is not known")]
    [InlineData("event=put&key=a", "an event carries key and version")]
    [InlineData("ok=1&%=1", null)] // a name is never decoded
    public void What_cannot_be_read_is_told(string text, string? reason)
    {
        var isRead = DataReplyReader.TryRead(false, Bytes.Of(text), out _, out _, out var why);

        Assert.Equal(reason is null, isRead);
        Assert.StartsWith(reason ?? "", why ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_text_or_becomes_too_long_by_its_escapes_goes_as_bytes()
    {
        Assert.True(DataReplyWriter.IsText("käse & brot"u8));
        Assert.False(DataReplyWriter.IsText([0xc3, 0x28]));
        Assert.True(DataReplyWriter.IsText(Bytes.Of(new string('x', DataLimits.MaxValueBytes))));
        Assert.True(DataReplyWriter.IsText(Bytes.Of(new string('&', DataLimits.MaxValueBytes / 3))));
        Assert.False(DataReplyWriter.IsText(Bytes.Of(new string('&', (DataLimits.MaxValueBytes / 3) + 1))));
    }

    [Fact]
    public void Keys_that_are_very_long_by_their_escapes_end_the_list_early()
    {
        var keys = Enumerable.Range(0, 512).Select(_ => (ReadOnlyMemory<byte>)Bytes.Of(new string(',', 1024))).ToArray();

        var payload = Bytes.Written(w => DataReplyWriter.WriteKeys(w, default, keys, more: false));
        var reply = Reply(payload);

        Assert.InRange(payload.Length, DataLimits.MaxListedBytes, DataLimits.MaxListedBytes + (7 * 1024));
        Assert.True(reply.More);
        Assert.InRange(reply.Keys.Count, 100, 120);
    }
}
