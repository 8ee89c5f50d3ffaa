using System.Text;
using ClusterActors.Protocol.Data;
using FsCheck.Xunit;

namespace ClusterActors.Protocol.Tests.Data;

public class DataRequestSpecs
{
    /// <summary>What was read, as a test can compare it.</summary>
    private static string Show(byte[] payload, bool isBinary = false)
    {
        using var request = DataRequest.Read(isBinary, payload);
        var mark = request.Mark.IsGiven ? $" seq={Text(request.Mark.Seq)}" : "";
        if (request.Failure is { } failure)
            return $"{failure.Code}{mark}: {failure.Msg}";
        var condition = request.Condition.IsAbsent ? " absent" : request.Condition.Version is { } version ? $" if {version}" : "";
        return request.Operation switch
        {
            DataOperation.Put => $"put{mark} {Text(request.Key)}={Text(request.Value)}{condition} for {request.Expires}",
            DataOperation.Get => $"get{mark} {Text(request.Key)}",
            DataOperation.Remove => $"remove{mark} {Text(request.Key)}{condition}",
            DataOperation.List => $"list{mark} {Text(request.Prefix)} after {Text(request.After)} limit {request.Limit}",
            var watch => $"{watch}{mark} {(request.HasKey ? $"key {Text(request.Key)}" : "")}{(request.HasPrefix ? $"prefix {Text(request.Prefix)}" : "")}",
        };
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    [Theory]
    [InlineData("op=put&key=K&value=V", "put K=V for 0")]
    [InlineData("op=put&key=K&value=", "put K= for 0")]
    [InlineData("value=V&seq=7&key=K&op=put", "put seq=7 K=V for 0")]
    [InlineData("op=put&seq=&key=K&value=V&if=none&expires=1", "put seq= K=V absent for 1")]
    [InlineData("op=put&key=K&value=V&if=1.2.3&expires=315360000", "put K=V if 1.2.3 for 315360000")]
    [InlineData("op=put&key=%4b%26&value=%25%3D%c3%bc%26&if=1%2e2.3", "put K&=%=ü& if 1.2.3 for 0")] // escapes anywhere
    [InlineData("op=put&key=a+b&value=1+1=2", "put a+b=1+1=2 for 0")] // a plus is a plus, the first = divides
    [InlineData("op=get&key=käse", "get käse")]
    [InlineData("op=get&key=K&action=0&value=x&limit=x&whatever=1", "get K")] // what another operation has is ignored
    [InlineData("op=remove&key=K", "remove K")]
    [InlineData("op=remove&key=K&if=0.0.9223372036854775807", "remove K if 0.0.9223372036854775807")]
    [InlineData("op=list", "list  after  limit 100")]
    [InlineData("op=list&prefix=a/&after=a/b&limit=1000", "list a/ after a/b limit 1000")]
    [InlineData("op=watch&key=K", "Watch key K")]
    [InlineData("op=watch&prefix=", "Watch prefix ")]
    [InlineData("op=unwatch&prefix=a", "Unwatch prefix a")]
    [InlineData("op=unwatch", "Unwatch ")]
    public void A_good_request_is_read(string text, string expected) => Assert.Equal(expected, Show(Bytes.Of(text)));

    [Theory]
    [InlineData("", "bad-request: the message is empty")]
    [InlineData("key=K&seq=5", "bad-request seq=5: there is no op; it must be one of put, get, remove, list, watch, unwatch")]
    [InlineData("op=Get&key=K&seq=5", "unknown-action seq=5: op 'Get' is not known here; it must be one of put,")]
    [InlineData("op=get&seq=5", "bad-request seq=5: get needs key")]
    [InlineData("op=get&key=", "bad-request: key '' must be 1-1024 bytes of UTF-8")]
    [InlineData("op=get&key=%ff&seq=5", "bad-request seq=5: key '%ff' must be UTF-8")]
    [InlineData("op=get&key=a&key=b&seq=5", "bad-request seq=5: parameter 'key' comes twice")]
    [InlineData("op=get&seq=%35&key=%4", "bad-request seq=5: key '%4' has a malformed escape")]
    [InlineData("op=get&key&seq=5", "bad-request seq=5: 'key' is not name=value")]
    [InlineData("op=get&key=K&seq=123456789012345678901234567890123", "bad-request: seq '123456789012345678901234567890123' must be at most 32 characters")]
    [InlineData("op=get&key=K&seq=%ff", "bad-request: seq '%ff' must be at most 32 characters of UTF-8")]
    [InlineData("op=put&key=K", "bad-request: put needs value; it may be empty")]
    [InlineData("op=put&key=K&value=%c3%28", "bad-request: value '%c3%28' must be UTF-8; other bytes go in a binary message")]
    [InlineData("op=put&key=K&value=V&if=1.2", "bad-request: if '1.2' must be none or a version such as 1.1.17")]
    [InlineData("op=put&key=K&value=V&if=", "bad-request: if '' must be none or a version")]
    [InlineData("op=remove&key=K&if=none", "bad-request: if 'none' must be a version such as 1.1.17")]
    [InlineData("op=put&key=K&value=V&expires=0", "bad-request: expires '0' must be a whole number of seconds from 1 to 315360000")]
    [InlineData("op=put&key=K&value=V&expires=315360001", "bad-request: expires '315360001' must be")]
    [InlineData("op=put&key=K&value=V&expires=1.5", "bad-request: expires '1.5' must be")]
    [InlineData("op=put&key=K&value=V&expires=-1", "bad-request: expires '-1' must be")]
    [InlineData("op=list&limit=0", "bad-request: limit '0' must be a whole number from 1 to 1000")]
    [InlineData("op=list&limit=1001", "bad-request: limit '1001' must be")]
    [InlineData("op=watch", "bad-request: watch needs key or prefix; an empty prefix is every key")]
    [InlineData("op=watch&key=a&prefix=b", "bad-request: watch takes key or prefix, not both")]
    [InlineData("op=unwatch&key=a&prefix=b", "bad-request: unwatch takes key or prefix, not both")]
    public void A_bad_request_is_told_what_is_wrong_and_keeps_its_mark(string text, string expected) =>
        Assert.StartsWith(expected, Show(Bytes.Of(text)), StringComparison.Ordinal);

    [Theory]
    [InlineData("op=put&key=K&seq=1\n", "put seq=1 K= for 0")]
    [InlineData("op=put&key=K\nV\n&=%", "put K=V\n&=% for 0")]
    [InlineData("op=get&key=K", "get K")]
    [InlineData("op=get&key=K\n", "get K")]
    [InlineData("op=put&key=K&seq=1", "bad-request seq=1: put needs a value: in a binary message it stands behind a line feed")]
    [InlineData("op=put&key=K&value=V\nV", "bad-request: a binary message must not carry parameter value")]
    [InlineData("op=get&key=K&seq=1\nx", "bad-request seq=1: get carries no value, but 1 bytes stand behind the line feed")]
    [InlineData("\nx", "bad-request: the message is empty")]
    public void A_binary_message_carries_its_value_behind_a_line_feed(string text, string expected) =>
        Assert.StartsWith(expected, Show(Bytes.Of(text), isBinary: true), StringComparison.Ordinal);

    [Fact]
    public void A_binary_value_may_be_any_bytes()
    {
        byte[] value = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        using var request = DataRequest.Read(true, [.. "op=put&key=%00\n"u8, .. value]);

        Assert.Null(request.Failure);
        Assert.Equal(value, request.Value.ToArray());
        Assert.Equal([0], request.Key.ToArray());
    }

    [Fact]
    public void Keys_and_values_have_their_bounds_in_bytes()
    {
        var largest = new string('ü', DataLimits.MaxKeyBytes / 2);

        Assert.StartsWith("get ü", Show(Bytes.Of($"op=get&key={largest}")), StringComparison.Ordinal);
        Assert.Contains("has 1025 bytes; it must have at most 1024", Show(Bytes.Of($"op=get&key={largest}x")), StringComparison.Ordinal);
        Assert.StartsWith("too-large seq=1: prefix ", Show(Bytes.Of($"op=list&seq=1&prefix={largest}x")), StringComparison.Ordinal);
        Assert.StartsWith("too-large: after ", Show(Bytes.Of($"op=list&after={largest}x")), StringComparison.Ordinal);
        Assert.StartsWith("put", Show(Put(DataLimits.MaxValueBytes), isBinary: true), StringComparison.Ordinal);
        Assert.Equal("too-large: the value has 1048577 bytes; it must have at most 1048576", Show(Put(DataLimits.MaxValueBytes + 1), isBinary: true));

        static byte[] Put(int size) => [.. "op=put&key=k\n"u8, .. new byte[size]];
    }

    [Fact]
    public void Of_two_faults_the_first_is_told() =>
        Assert.StartsWith("bad-request: key '' must be", Show(Bytes.Of("op=put&key=&if=x&expires=x")), StringComparison.Ordinal);

    [Property]
    public void What_is_written_is_read_again(string key, byte[] value, string? seq, uint expires, bool absent, long sequence)
    {
        key = Plain(key + "k", 300);
        seq = seq is null ? null : Plain(seq, 32);
        var condition = absent ? EntryCondition.Absent : EntryCondition.Of(new EntryVersion(1, 2, sequence & long.MaxValue));
        var lifetime = (int)(expires % (DataLimits.MaxExpirySeconds + 1));

        using var request = DataRequest.Read(true, Bytes.Written(w => DataRequestWriter.WritePut(w, seq, key, value, condition, lifetime)));

        Assert.Null(request.Failure);
        Assert.Equal((key, seq, condition, lifetime), (Text(request.Key), request.Mark.IsGiven ? Text(request.Mark.Seq) : null, request.Condition, request.Expires));
        Assert.Equal(value, request.Value.ToArray());
    }

    [Fact]
    public void The_other_requests_are_written_as_they_are_read()
    {
        Assert.Equal("get seq=1 a&b", Show(Bytes.Written(w => DataRequestWriter.WriteGet(w, "1", "a&b")), isBinary: true));
        Assert.Equal("remove a if 1.2.3", Show(Bytes.Written(w => DataRequestWriter.WriteRemove(w, null, "a", EntryCondition.Of(new(1, 2, 3)))), isBinary: true));
        Assert.Equal("remove a", Show(Bytes.Written(w => DataRequestWriter.WriteRemove(w, null, "a")), isBinary: true));
        Assert.Equal("list seq=2 p after  limit 3", Show(Bytes.Written(w => DataRequestWriter.WriteList(w, "2", "p", "", 3)), isBinary: true));
        Assert.Equal("list p after q limit 3", Show(Bytes.Written(w => DataRequestWriter.WriteList(w, null, "p", "q", 3)), isBinary: true));
        Assert.Equal("Watch key k", Show(Bytes.Written(w => DataRequestWriter.WriteWatch(w, null, "k", isPrefix: false)), isBinary: true));
        Assert.Equal("Unwatch prefix p", Show(Bytes.Written(w => DataRequestWriter.WriteUnwatch(w, null, "p", isPrefix: true)), isBinary: true));
        Assert.Equal("Unwatch ", Show(Bytes.Written(w => DataRequestWriter.WriteUnwatch(w, null, null, isPrefix: false)), isBinary: true));
    }

    [Fact]
    public void Many_escapes_in_many_parameters_find_room()
    {
        var all = string.Concat(Enumerable.Repeat("%41", 300));

        Assert.Equal(
            $"put seq={new string('A', 30)} {new string('A', 300)}={new string('A', 300)} if 1.1.1 for 1",
            Show(Bytes.Of($"op=put&key={all}&seq={all[..90]}&value={all}&if=%31.1.1&expires=%31")));
    }

    /// <summary>No more than so many characters, none of them half of one.</summary>
    private static string Plain(string text, int length) =>
        new([.. text.Where(c => !char.IsSurrogate(c)).Take(length)]);
}
