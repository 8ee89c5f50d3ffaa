using System.Buffers;
using System.Text.Unicode;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Protocol.Data;

/// <summary>
/// Writes what handler <c>data</c> sends (PROTOCOL.md section 8): <c>ok=1&amp;seq=...</c> or <c>ok=0&amp;seq=...&amp;code=...&amp;msg=...</c>, and
/// <c>event=...</c>. Whether it goes out as text or as binary is the caller's to say; see <see cref="IsText"/>.
/// </summary>
public static class DataReplyWriter
{
    /// <summary>
    /// Whether a value may stand in a text message: it is UTF-8, and does not become longer than any value by its escapes.
    /// </summary>
    public static bool IsText(ReadOnlySpan<byte> value) =>
        Utf8.IsValid(value) && (value.Length <= DataLimits.MaxValueBytes / 3 || PercentCoding.EncodedLength(value) <= DataLimits.MaxValueBytes);

    /// <summary>Done, with nothing to tell.</summary>
    public static void WriteDone(IBufferWriter<byte> writer, DataMark mark) => Begin(writer, true, mark);

    /// <summary>A write is done.</summary>
    public static void WriteWritten(IBufferWriter<byte> writer, DataMark mark, EntryVersion version, AckLevel acks)
    {
        var parameters = Begin(writer, true, mark);
        WriteVersion(writer, ref parameters, version);
        parameters.AddUtf8("acks"u8, DataWords.Of(acks));
    }

    /// <summary>An entry was read.</summary>
    public static void WriteEntry(IBufferWriter<byte> writer, DataMark mark, EntryVersion version, ReadOnlySpan<byte> value, bool isText)
    {
        var parameters = Begin(writer, true, mark);
        WriteVersion(writer, ref parameters, version);
        WriteValue(writer, ref parameters, value, isText);
    }

    /// <summary>
    /// Keys were listed: <c>keys</c>, <c>count</c> and <c>more</c>. Keys that escapes have made very long end the list early, as if there were
    /// <paramref name="more"/> behind them.
    /// </summary>
    public static void WriteKeys(IBufferWriter<byte> writer, DataMark mark, IReadOnlyList<ReadOnlyMemory<byte>> keys, bool more)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var parameters = Begin(writer, true, mark);
        parameters.AddName("keys"u8);
        var (count, bytes) = (0, 0);
        for (; count < keys.Count && bytes < DataLimits.MaxListedBytes; count++)
        {
            if (count > 0)
                writer.Write(","u8);
            bytes += WriteListed(writer, keys[count].Span);
        }

        parameters.Add("count"u8, count);
        parameters.Add("more"u8, more || count < keys.Count ? 1 : 0);
    }

    /// <summary>The request is not done.</summary>
    public static void WriteFailed(IBufferWriter<byte> writer, DataMark mark, string code, string msg)
    {
        var parameters = Begin(writer, false, mark);
        parameters.Add("code"u8, code);
        parameters.Add("msg"u8, msg);
    }

    /// <summary>What <c>if</c> asks for is not there.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="mark">Mark of the request.</param>
    /// <param name="present">Version that is there; <see langword="null"/> when there is no entry, written <c>none</c>.</param>
    public static void WriteConflict(IBufferWriter<byte> writer, DataMark mark, EntryVersion? present)
    {
        var parameters = Begin(writer, false, mark);
        parameters.Add("code"u8, DataCode.Conflict);
        if (present is { } version)
        {
            WriteVersion(writer, ref parameters, version);
            parameters.Add("msg"u8, "what if asks for is not there; this version is");
        }
        else
        {
            parameters.AddUtf8("version"u8, "none"u8);
            parameters.Add("msg"u8, "what if asks for is not there; there is no such entry");
        }
    }

    /// <summary>An entry that is watched has changed.</summary>
    public static void WriteChange(
        IBufferWriter<byte> writer, DataChangeKind kind, ReadOnlySpan<byte> key, EntryVersion version, ReadOnlySpan<byte> value, bool isText)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var parameters = new ParameterWriter(writer);
        parameters.AddUtf8("event"u8, DataWords.Of(kind));
        parameters.AddUtf8("key"u8, key);
        WriteVersion(writer, ref parameters, version);
        if (kind == DataChangeKind.Put)
            WriteValue(writer, ref parameters, value, isText);
    }

    private static ParameterWriter Begin(IBufferWriter<byte> writer, bool ok, DataMark mark)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var parameters = new ParameterWriter(writer);
        parameters.Add("ok"u8, ok ? 1 : 0);
        if (mark.IsGiven)
            parameters.AddUtf8("seq"u8, mark.Seq);
        return parameters;
    }

    private static void WriteVersion(IBufferWriter<byte> writer, ref ParameterWriter parameters, EntryVersion version)
    {
        parameters.AddName("version"u8);
        version.Write(writer);
    }

    private static void WriteValue(IBufferWriter<byte> writer, ref ParameterWriter parameters, ReadOnlySpan<byte> value, bool isText)
    {
        if (isText)
        {
            parameters.AddUtf8("value"u8, value);
            return;
        }

        writer.Write("\n"u8);
        writer.Write(value);
    }

    /// <summary>A key of a list: <c>%</c> and the comma are written <c>%XX</c>, and the result is encoded like every value.</summary>
    /// <returns>Bytes written.</returns>
    private static int WriteListed(IBufferWriter<byte> writer, ReadOnlySpan<byte> key)
    {
        var length = PercentCoding.EncodedLength(key);
        int special;
        while ((special = key.IndexOfAny((byte)'%', (byte)',')) >= 0)
        {
            PercentCoding.Encode(writer, key[..special]);
            var escape = key[special] == '%' ? "%2525"u8 : "%252C"u8;
            writer.Write(escape);
            length += escape.Length - 1;
            key = key[(special + 1)..];
        }

        PercentCoding.Encode(writer, key);
        return length;
    }
}
