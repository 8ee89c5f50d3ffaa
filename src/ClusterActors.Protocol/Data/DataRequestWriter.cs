using System.Buffers;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Protocol.Data;

/// <summary>
/// Writes requests to handler <c>data</c> (PROTOCOL.md section 8) as payloads of binary messages, which take every value and are
/// answered by binary messages. Bounds are the server's to check.
/// </summary>
public static class DataRequestWriter
{
    /// <summary>Writes an entry.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="seq">Mark of the request, at most 32 characters; <see langword="null"/> for none.</param>
    /// <param name="key">1-1,024 bytes of UTF-8.</param>
    /// <param name="value">Up to 1 MiB.</param>
    /// <param name="condition">What must be there.</param>
    /// <param name="expires">Seconds the entry is to live; 0 for ever.</param>
    public static void WritePut(
        IBufferWriter<byte> writer, string? seq, string key, ReadOnlySpan<byte> value, EntryCondition condition = default, int expires = 0)
    {
        var parameters = Begin(writer, DataOperation.Put, seq);
        parameters.Add("key"u8, key);
        WriteCondition(ref parameters, condition);
        if (expires != 0)
            parameters.Add("expires"u8, expires);
        writer.Write("\n"u8);
        writer.Write(value);
    }

    /// <summary>Reads an entry.</summary>
    public static void WriteGet(IBufferWriter<byte> writer, string? seq, string key) =>
        Begin(writer, DataOperation.Get, seq).Add("key"u8, key);

    /// <summary>Removes an entry.</summary>
    public static void WriteRemove(IBufferWriter<byte> writer, string? seq, string key, EntryCondition condition = default)
    {
        var parameters = Begin(writer, DataOperation.Remove, seq);
        parameters.Add("key"u8, key);
        WriteCondition(ref parameters, condition);
    }

    /// <summary>Lists keys.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="seq">Mark of the request.</param>
    /// <param name="prefix">What they begin with.</param>
    /// <param name="after">Only keys behind this one; empty for the first.</param>
    /// <param name="limit">Most keys, 1-1,000.</param>
    public static void WriteList(IBufferWriter<byte> writer, string? seq, string prefix, string after, int limit)
    {
        var parameters = Begin(writer, DataOperation.List, seq);
        parameters.Add("prefix"u8, prefix);
        if (after.Length > 0)
            parameters.Add("after"u8, after);
        parameters.Add("limit"u8, limit);
    }

    /// <summary>Watches a key, or every key that begins with a prefix.</summary>
    public static void WriteWatch(IBufferWriter<byte> writer, string? seq, string name, bool isPrefix) =>
        Begin(writer, DataOperation.Watch, seq).Add(isPrefix ? "prefix"u8 : "key"u8, name);

    /// <summary>Ends one watch, or all when there is no name.</summary>
    public static void WriteUnwatch(IBufferWriter<byte> writer, string? seq, string? name, bool isPrefix)
    {
        var parameters = Begin(writer, DataOperation.Unwatch, seq);
        if (name is not null)
            parameters.Add(isPrefix ? "prefix"u8 : "key"u8, name);
    }

    private static ParameterWriter Begin(IBufferWriter<byte> writer, DataOperation operation, string? seq)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var parameters = new ParameterWriter(writer);
        parameters.Add("op"u8, DataWords.Of(operation));
        if (seq is not null)
            parameters.Add("seq"u8, seq);
        return parameters;
    }

    private static void WriteCondition(ref ParameterWriter parameters, EntryCondition condition)
    {
        if (condition.IsAbsent)
            parameters.AddUtf8("if"u8, "none"u8);
        else if (condition.Version is { } version)
            parameters.Add("if"u8, version.ToString());
    }
}
