using System.Buffers;
using System.Text;
using System.Text.Unicode;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Protocol.Data;

/// <summary>
/// A request to handler <c>data</c> (PROTOCOL.md section 8): <c>op=put&amp;key=K&amp;value=V</c> in a text message; in a binary one the same without
/// <c>value</c>, LF, and the bytes of the value. Its spans lie in the message, or in memory that <see cref="Dispose"/> gives back.
/// </summary>
public ref struct DataRequest
{
    private byte[]? _scratch;
    private int _used;

    /// <summary>What is asked for.</summary>
    public DataOperation Operation { get; private set; }

    /// <summary>Its mark; there may be one even in a bad request.</summary>
    public DataMark Mark { get; private set; }

    /// <summary>Put, get, remove: the key. Watch, unwatch: the key, when <see cref="HasKey"/>.</summary>
    public ReadOnlySpan<byte> Key { get; private set; }

    /// <summary>Whether a key is given.</summary>
    public bool HasKey { get; private set; }

    /// <summary>Put: the value.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Put, remove: what must be there.</summary>
    public EntryCondition Condition { get; private set; }

    /// <summary>Put: seconds the entry is to live; 0 for ever.</summary>
    public int Expires { get; private set; }

    /// <summary>List, watch, unwatch: what the keys begin with; empty for all.</summary>
    public ReadOnlySpan<byte> Prefix { get; private set; }

    /// <summary>Whether a prefix is given.</summary>
    public bool HasPrefix { get; private set; }

    /// <summary>List: only keys behind this one.</summary>
    public ReadOnlySpan<byte> After { get; private set; }

    /// <summary>List: most keys.</summary>
    public int Limit { get; private set; }

    /// <summary>What is wrong with it; nothing but the mark counts then.</summary>
    public DataFailure? Failure { get; private set; }

    /// <summary>Reads a request; never throws.</summary>
    /// <param name="isBinary">Whether it came as a binary message.</param>
    /// <param name="payload">The message.</param>
    public static DataRequest Read(bool isBinary, ReadOnlySpan<byte> payload)
    {
        var end = isBinary ? payload.IndexOf((byte)'\n') : -1;
        var head = end < 0 ? payload : payload[..end];
        var body = end < 0 ? default : new OptionalBytes(payload[(end + 1)..]);
        var given = new DataParameters();
        var request = new DataRequest();
        if (Walk(head, ref given) is { } malformed)
            request.Fail(malformed);
        request.TakeSeq(given.Seq, head.Length);
        if (request.Failure is null)
            request.Take(given, isBinary, body, head.Length);
        return request;
    }

    /// <summary>Gives back what the decoding took.</summary>
    public void Dispose()
    {
        if (_scratch is not null)
            ArrayPool<byte>.Shared.Return(_scratch);
        _scratch = null;
    }

    private static string? Walk(ReadOnlySpan<byte> head, ref DataParameters given)
    {
        var reader = new ParameterReader(head);
        while (reader.TryRead(out var name, out var value))
            given.Take(name, value);
        if (reader.Error is null)
            return null;

        // Even a malformed request gets its reply with its mark, when that can be told.
        var position = 0;
        for (var i = 0; i < ParameterReader.MaxParameters && !given.Seq.IsGiven; i++)
        {
            var status = ParameterReader.TrySplit(head, ref position, out var name, out var value);
            if (status == ReadStatus.NeedMore)
                break;
            if (name.SequenceEqual("seq"u8) && PercentCoding.IsWellFormed(value))
                given.Take(name, value);
        }

        return reader.Error;
    }

    private void TakeSeq(OptionalBytes seq, int room)
    {
        if (!seq.IsGiven)
            return;

        // A character takes at most nine bytes, as three escapes.
        var decoded = seq.Bytes.Length <= Message.MaxSeqLength * 9 ? Decode(seq.Bytes, room) : default;
        if (seq.Bytes.Length <= Message.MaxSeqLength * 9 && Utf8.IsValid(decoded) && Encoding.UTF8.GetCharCount(decoded) <= Message.MaxSeqLength)
            Mark = new DataMark(decoded);
        else if (Failure is null)
            Fail($"seq {Wording.Quote(seq.Bytes)} must be at most {Message.MaxSeqLength} characters of UTF-8");
    }

    private void Take(in DataParameters given, bool isBinary, OptionalBytes body, int room)
    {
        if (!given.Op.IsGiven)
        {
            Fail($"there is no op; it must be one of {DataWords.Operations}");
            return;
        }

        Operation = DataWords.ToOperation(given.Op.Bytes);
        if (Operation == DataOperation.None)
            Failure = new DataFailure(DataCode.UnknownAction, $"op {Wording.Quote(given.Op.Bytes)} is not known here; it must be one of {DataWords.Operations}");
        else if (Operation != DataOperation.Put && !body.Bytes.IsEmpty)
            Fail($"{DataWords.Of(Operation)} carries no value, but {body.Bytes.Length} bytes stand behind the line feed");
        else
            TakeParameters(given, isBinary, body, room);
    }

    private void TakeParameters(in DataParameters given, bool isBinary, OptionalBytes body, int room)
    {
        switch (Operation)
        {
            case DataOperation.Put:
                TakeKey(given.Key, room);
                TakeValue(given.Value, isBinary, body, room);
                TakeCondition(given.If, room);
                Expires = TakeNumber("expires", given.Expires, room, DataLimits.MaxExpirySeconds, " of seconds") ?? 0;
                break;
            case DataOperation.Get:
                TakeKey(given.Key, room);
                break;
            case DataOperation.Remove:
                TakeKey(given.Key, room);
                TakeCondition(given.If, room);
                break;
            case DataOperation.List:
                TakePrefix(given.Prefix, room);
                After = TakeText("after", given.After, room);
                Limit = TakeNumber("limit", given.Limit, room, DataLimits.MaxListed, "") ?? DataLimits.DefaultListed;
                break;
            default:
                TakeWatched(given, room);
                break;
        }
    }

    private void TakeWatched(in DataParameters given, int room)
    {
        if (given.Key.IsGiven && given.Prefix.IsGiven)
            Fail($"{DataWords.Of(Operation)} takes key or prefix, not both");
        else if (Operation == DataOperation.Watch && !given.Key.IsGiven && !given.Prefix.IsGiven)
            Fail("watch needs key or prefix; an empty prefix is every key");
        else if (given.Key.IsGiven)
            TakeKey(given.Key, room);
        else
            TakePrefix(given.Prefix, room);
    }

    private void TakeKey(OptionalBytes key, int room)
    {
        HasKey = true;
        Key = TakeText("key", key, room);
        if (!key.IsGiven)
            Fail($"{DataWords.Of(Operation)} needs key");
        else if (Key.IsEmpty)
            Fail($"key '' must be 1-{DataLimits.MaxKeyBytes} bytes of UTF-8");
    }

    private void TakePrefix(OptionalBytes prefix, int room)
    {
        HasPrefix = prefix.IsGiven;
        Prefix = TakeText("prefix", prefix, room);
    }

    /// <summary>A key, or a part or a bound of keys.</summary>
    private ReadOnlySpan<byte> TakeText(string name, OptionalBytes given, int room)
    {
        var text = Decode(given.Bytes, room);
        if (!Utf8.IsValid(text))
            Fail($"{name} {Wording.Quote(given.Bytes)} must be UTF-8");
        else if (text.Length > DataLimits.MaxKeyBytes)
            Fail(DataCode.TooLarge, $"{name} {Wording.Quote(given.Bytes)} has {text.Length} bytes; it must have at most {DataLimits.MaxKeyBytes}");
        return text;
    }

    private void TakeValue(OptionalBytes value, bool isBinary, OptionalBytes body, int room)
    {
        if (isBinary && value.IsGiven)
            Fail("a binary message must not carry parameter value; its value stands behind a line feed");
        else if (isBinary && !body.IsGiven)
            Fail("put needs a value: in a binary message it stands behind a line feed");
        else if (!isBinary && !value.IsGiven)
            Fail("put needs value; it may be empty");
        Value = isBinary ? body.Bytes : Decode(value.Bytes, room);
        if (!isBinary && !Utf8.IsValid(Value))
            Fail($"value {Wording.Quote(value.Bytes)} must be UTF-8; other bytes go in a binary message, behind a line feed");
        else if (Value.Length > DataLimits.MaxValueBytes)
            Fail(DataCode.TooLarge, $"the value has {Value.Length} bytes; it must have at most {DataLimits.MaxValueBytes}");
    }

    private void TakeCondition(OptionalBytes condition, int room)
    {
        var text = Decode(condition.Bytes, room);
        if (Operation == DataOperation.Put && text.SequenceEqual("none"u8))
            Condition = EntryCondition.Absent;
        else if (EntryVersion.TryParse(text, out var version))
            Condition = EntryCondition.Of(version);
        else if (condition.IsGiven)
            Fail($"if {Wording.Quote(condition.Bytes)} must be {(Operation == DataOperation.Put ? "none or " : "")}a version such as 1.1.17");
    }

    private int? TakeNumber(string name, OptionalBytes given, int room, int max, string unit)
    {
        if (!given.IsGiven)
            return null;
        if (!NumberReading.TryReadWhole(Decode(given.Bytes, room), max, out var number) || number < 1)
            Fail($"{name} {Wording.Quote(given.Bytes)} must be a whole number{unit} from 1 to {max}");
        return (int)number;
    }

    /// <summary>Decodes a well-formed value; nothing is copied when it holds no escape. All of them together are no longer than the message.</summary>
    private ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> value, int room)
    {
        if (!value.Contains((byte)'%'))
            return value;
        _scratch ??= ArrayPool<byte>.Shared.Rent(room);
        var decoded = PercentCoding.Decode(value, _scratch.AsSpan(_used));
        _used += decoded.Length;
        return decoded;
    }

    private void Fail(string msg) => Fail(DataCode.BadRequest, msg);

    // The first fault is the one that is told.
    private void Fail(string code, string msg) => Failure ??= new DataFailure(code, msg);
}
