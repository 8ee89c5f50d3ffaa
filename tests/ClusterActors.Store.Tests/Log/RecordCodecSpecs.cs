using System.Buffers;
using ClusterActors.Store.Log;
using FsCheck.Xunit;

namespace ClusterActors.Store.Tests.Log;

public class RecordCodecSpecs
{
    private static readonly LogPoint Point = new(new LogTerm(2, 1), 7);

    private static byte[] Written(RecordOperation operation, byte[] key, byte[] value, long expiry, LogPoint? point = null)
    {
        var output = new ArrayBufferWriter<byte>();
        RecordWriter.Write(output, new LogRecord { Point = point ?? Point, Operation = operation, Expiry = expiry, Key = key, Value = value });
        return output.WrittenSpan.ToArray();
    }

    private static RecordStatus Read(byte[] bytes)
    {
        ReadOnlySpan<byte> input = bytes;
        return RecordReader.TryRead(ref input, out _, out _);
    }

    private static string? Reason(byte[] bytes)
    {
        ReadOnlySpan<byte> input = bytes;
        Assert.Equal(RecordStatus.Violation, RecordReader.TryRead(ref input, out _, out var reason));
        Assert.Equal(bytes.Length, input.Length);
        return reason;
    }

    /// <summary>Changes a byte and puts the checksum right.</summary>
    private static byte[] Changed(byte[] bytes, int at, byte value)
    {
        bytes[at] = value;
        BitConverter.TryWriteBytes(bytes.AsSpan(4), Crc32C.OfItem(bytes));
        return bytes;
    }

    [Fact]
    public void The_layout_is_the_one_that_is_written_down() => Assert.Equal(
        [
            48, 0, 0, 0, // length
            0x46, 0xdd, 0xbf, 0x11, // crc32c
            7, 0, 0, 0, 0, 0, 0, 0, // sequence
            2, 0, 0, 0, 0, 0, 0, 0, // ownership
            1, 0, 0, 0, 0, 0, 0, 0, // start
            0, 1, 0, 0, 0, 0, 0, 0, // expiry
            1, 0, // put
            3, 0, // length of the key
            (byte)'k', (byte)'e', (byte)'y',
            (byte)'v',
        ],
        Written(RecordOperation.Put, "key"u8.ToArray(), "v"u8.ToArray(), 256));

    [Fact]
    public void The_checksum_is_CRC_32C() => Assert.Equal(0xE3069283u, Crc32C.Of("123456789"u8)); // the check value of the catalogue

    [Property(MaxTest = 300)]
    public void What_is_written_is_read(int seed)
    {
        var random = new Random(seed);
        var key = new byte[random.Next(1, random.Next(2) == 0 ? 20 : RecordLimits.MaxKeyBytes + 1)];
        var value = new byte[random.Next(0, random.Next(10) == 0 ? RecordLimits.MaxValueBytes + 1 : 200)];
        random.NextBytes(key);
        random.NextBytes(value);
        var point = new LogPoint(new LogTerm(random.NextInt64(), random.NextInt64()), random.NextInt64(1, long.MaxValue));
        var expiry = random.Next(2) == 0 ? 0 : random.NextInt64();
        byte[] bytes = [.. Written(RecordOperation.Put, key, value, expiry, point), 9, 9];

        ReadOnlySpan<byte> input = bytes;
        Assert.Equal(RecordStatus.Done, RecordReader.TryRead(ref input, out var record, out var reason));

        Assert.Null(reason);
        Assert.Equal(2, input.Length);
        Assert.Equal((point, RecordOperation.Put, expiry, bytes.Length - 2), (record.Point, record.Operation, record.Expiry, record.Length));
        Assert.True(record.Key.SequenceEqual(key) && record.Value.SequenceEqual(value));
    }

    [Fact]
    public void Removes_and_terms_are_read()
    {
        ReadOnlySpan<byte> input = (byte[])[.. Written(RecordOperation.Remove, [5], [], 0), .. Written(RecordOperation.Term, [], [], 0)];

        Assert.Equal(RecordStatus.Done, RecordReader.TryRead(ref input, out var remove, out _));
        Assert.Equal((RecordOperation.Remove, 1, 0), (remove.Operation, remove.Key.Length, remove.Value.Length));
        Assert.Equal(RecordStatus.Done, RecordReader.TryRead(ref input, out var term, out _));
        Assert.Equal((RecordOperation.Term, 0), (term.Operation, term.Key.Length));
        Assert.True(input.IsEmpty);
    }

    [Fact]
    public void Every_beginning_of_a_record_asks_for_more()
    {
        var bytes = Written(RecordOperation.Put, new byte[10], new byte[100], 1);
        for (var length = 0; length < bytes.Length; length++)
            Assert.Equal(RecordStatus.NeedMore, Read(bytes[..length]));
    }

    [Fact]
    public void Every_flipped_bit_is_seen()
    {
        var bytes = Written(RecordOperation.Put, new byte[10], new byte[100], 1);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var flipped = (byte[])bytes.Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(RecordStatus.Done, Read(flipped));
        }
    }

    [Property(MaxTest = 1000)]
    public void Whatever_comes_it_never_throws(byte[] bytes, int length, bool isLengthRight)
    {
        if (bytes is null)
            return;
        if (bytes.Length >= 4)
            BitConverter.TryWriteBytes(bytes, isLengthRight ? bytes.Length : length);
        if (bytes.Length >= 8)
            BitConverter.TryWriteBytes(bytes.AsSpan(4), Crc32C.OfItem(bytes));
        Read(bytes);
    }

    public static TheoryData<int, byte, string> Wrong => new()
    {
        { 40, 0, "its operation is 0; known are 1 (put), 2 (remove) and 3 (term)" },
        { 40, 4, "its operation is 4; known are 1 (put), 2 (remove) and 3 (term)" },
        { 40, 2, "only a put has a value" },
        { 40, 3, "a term record has no key" },
        { 41, 1, "its byte 41 is not 0" },
        { 42, 0, "a key of 0 bytes; allowed are 1 to 1024" },
        { 42, 5, "a key of 5 bytes is longer than its record" },
        { 8, 0, "its sequence is 0; the first is 1" },
        { 15, 0x80, "its sequence is -9223372036854775801; the first is 1" },
        { 23, 0x80, "its term is -9223372036854775806.1; both numbers are 0 or more" },
        { 39, 0x80, "its expiry is -9223372036854775807; allowed are 0 and later" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_no_record_says_is_named_although_the_checksum_is_right(int at, byte value, string reason) =>
        Assert.Equal(reason, Reason(Changed(Written(RecordOperation.Put, "key"u8.ToArray(), "v"u8.ToArray(), 1), at, value)));

    [Theory]
    [InlineData(0u)]
    [InlineData(43u)]
    [InlineData(1024u * 1024 + 1024 + 44 + 1)]
    [InlineData(uint.MaxValue)]
    public void A_length_that_no_record_has_is_refused_before_anything_is_waited_for(uint length) =>
        Assert.Equal($"a record of {length} bytes; allowed are 44 to 1049644", Reason(BitConverter.GetBytes(length)));

    [Fact]
    public void What_could_not_be_read_is_not_written()
    {
        Assert.Throws<ArgumentException>(() => Written(RecordOperation.Put, [], [1], 0));
        Assert.Throws<ArgumentException>(() => Written(RecordOperation.Put, new byte[1025], [1], 0));
        Assert.Throws<ArgumentException>(() => Written(RecordOperation.Put, [1], new byte[(1024 * 1024) + 1], 0));
        Assert.Throws<ArgumentException>(() => Written(RecordOperation.Put, [1], [1], -1));
        Assert.Throws<ArgumentException>(() => Written(RecordOperation.Remove, [1], [1], 0));
        Assert.Throws<ArgumentException>(() => Written(RecordOperation.Term, [], [], 5));
        Assert.Throws<ArgumentException>(() => Written(RecordOperation.Remove, [1], [], 0, LogPoint.Beginning));
    }
}
