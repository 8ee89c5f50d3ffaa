using System.Text;
using System.Text.Unicode;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Protocol.Data;

/// <summary>Reads, as a client, what handler <c>data</c> sends (PROTOCOL.md section 8): replies (<c>ok=</c>) and pushes (<c>event=</c>).</summary>
public static class DataReplyReader
{
    private const int MaxKeys = DataLimits.MaxListed;

    /// <summary>Reads a message; never throws.</summary>
    /// <param name="isBinary">Whether it came as a binary message: then a value stands behind a line feed.</param>
    /// <param name="payload">The message.</param>
    /// <param name="reply">A reply, when it is one.</param>
    /// <param name="push">A push, when it is one.</param>
    /// <param name="reason">Otherwise what is wrong with it.</param>
    public static bool TryRead(
        bool isBinary, ReadOnlySpan<byte> payload, out DataReply? reply, out DataPush? push, out string? reason)
    {
        (reply, push) = (null, null);
        var end = isBinary ? payload.IndexOf((byte)'\n') : -1;
        reason = ReadParameters(end < 0 ? payload : payload[..end], out var given);
        var body = end < 0 ? null : payload[(end + 1)..].ToArray();
        if (reason is null && given.TryGetValue("event", out var word))
            push = ReadPush(given, word, body, out reason);
        else if (reason is null)
            reply = ReadReply(given, body, out reason);
        return reason is null;
    }

    private static string? ReadParameters(ReadOnlySpan<byte> head, out Dictionary<string, string> given)
    {
        given = [];
        var reader = new ParameterReader(head);
        while (reader.TryRead(out var name, out var value))
        {
            if (!Utf8.IsValid(name) || !ParameterReader.TryDecode(value, out var text))
                return $"{Wording.Quote(name)} is not UTF-8";
            given[Encoding.UTF8.GetString(name)] = text;
        }

        return reader.Error;
    }

    private static DataReply? ReadReply(Dictionary<string, string> given, byte[]? body, out string? reason)
    {
        reason = null;
        if (!given.TryGetValue("ok", out var ok) || ok is not ("0" or "1"))
        {
            reason = ok is null ? "there is neither ok nor event" : $"ok {Wording.Quote(ok)} must be 0 or 1";
            return null;
        }

        EntryVersion? version = null;
        if (given.TryGetValue("version", out var text) && text != "none")
        {
            if (!TryReadVersion(text, out var read))
                reason = $"version {Wording.Quote(text)} must be like 1.1.17";
            version = read;
        }

        var keys = ReadKeys(given.GetValueOrDefault("keys", ""), ref reason);
        return new DataReply(ok == "1")
        {
            Seq = given.GetValueOrDefault("seq"),
            Code = given.GetValueOrDefault("code"),
            Msg = given.GetValueOrDefault("msg"),
            Version = version,
            Acks = DataWords.ToAckLevel(Encoding.UTF8.GetBytes(given.GetValueOrDefault("acks", ""))),
            Value = body ?? Encoding.UTF8.GetBytes(given.GetValueOrDefault("value", "")),
            Keys = keys,
            More = given.GetValueOrDefault("more") == "1",
        };
    }

    private static DataPush? ReadPush(Dictionary<string, string> given, string word, byte[]? body, out string? reason)
    {
        reason = null;
        if (DataWords.ToChangeKind(Encoding.UTF8.GetBytes(word)) is not { } kind)
            reason = $"event {Wording.Quote(word)} is not known";
        else if (!given.TryGetValue("key", out var key) || !TryReadVersion(given.GetValueOrDefault("version", ""), out var version))
            reason = "an event carries key and version";
        else
            return new DataPush(kind, key, version, body ?? Encoding.UTF8.GetBytes(given.GetValueOrDefault("value", "")));
        return null;
    }

    private static List<string> ReadKeys(string list, ref string? reason)
    {
        var keys = new List<string>();
        if (list.Length == 0)
            return keys;
        foreach (var part in list.Split(',', MaxKeys + 1))
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            if (keys.Count == MaxKeys || !PercentCoding.IsWellFormed(bytes) || !ParameterReader.TryDecode(bytes, out var key))
            {
                reason = $"keys holds {Wording.Quote(part)}";
                break;
            }

            keys.Add(key);
        }

        return keys;
    }

    private static bool TryReadVersion(string text, out EntryVersion version) =>
        EntryVersion.TryParse(Encoding.UTF8.GetBytes(text), out version);
}
