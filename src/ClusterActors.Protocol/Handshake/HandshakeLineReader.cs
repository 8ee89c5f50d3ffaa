using System.Buffers;
using System.Text;

namespace ClusterActors.Protocol.Handshake;

/// <summary>
/// Walks over the lines that requests and responses have in common: <c>CshBBrain</c>, then <c>Name:value</c> lines, of
/// which <c>Protocol</c> is the last (PROTOCOL.md section 1).
/// </summary>
internal ref struct HandshakeLineReader(ReadOnlySpan<byte> input)
{
    // With it a peer that sends thousands of tiny lines cannot make the search for duplicates expensive.
    private const int MaxHeaders = 32;

    private static readonly SearchValues<byte> NotInLines = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(b => (byte)b), 0x7f]);

    private static readonly SearchValues<byte> NameBytes = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    private readonly ReadOnlySpan<byte> _input = input;
    private int _headersStart;
    private int _headers;

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    /// <summary>What is wrong, once a method answered <see cref="ReadStatus.Violation"/>.</summary>
    public string? Reason { get; private set; }

    /// <summary>Reads <c>CshBBrain</c>; the first wrong byte is a violation, so that a stranger is not waited for.</summary>
    public ReadStatus ReadFirstLine()
    {
        var expected = "CshBBrain"u8;
        var seen = Math.Min(_input.Length, expected.Length);
        if (!Ascii.EqualsIgnoreCase(_input[..seen], expected[..seen]))
            return WrongFirstLine();
        if (seen < expected.Length)
            return ReadStatus.NeedMore;
        var status = ReadLineEnd(_input[expected.Length..], out var length);
        if (status == ReadStatus.Violation)
            return WrongFirstLine();
        Position = _headersStart = expected.Length + length;
        return status;
    }

    /// <summary>Reads one line; name and value are what stands around the first colon, one space after it trimmed.</summary>
    public ReadStatus ReadHeader(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = value = default;
        var rest = _input[Position..];
        var end = rest.IndexOfAny(NotInLines);
        if (end < 0)
            return ReadStatus.NeedMore;
        var line = rest[..end];
        var status = ReadLineEnd(rest[end..], out var lineEnd);
        if (status == ReadStatus.Violation)
            return Refuse($"line {_headers + 2} holds a control character (0x{rest[end]:x2}); lines are plain text and end in CR LF");
        if (status == ReadStatus.NeedMore)
            return status;

        var colon = line.IndexOf((byte)':');
        if (line.IsEmpty)
            return Refuse($"line {_headers + 2} is blank; a handshake has no blank line and ends with its Protocol line");
        if (colon < 0)
            return Refuse($"line {_headers + 2} has no colon: {Wording.Quote(line)}; it must be Name:value");
        name = line[..colon];
        if (name.IsEmpty || name.ContainsAnyExcept(NameBytes))
            return Refuse($"line {_headers + 2} has a bad name {Wording.Quote(name)}; a name is letters, digits, - and _");
        if (IsDuplicate(name))
            return Refuse($"{Encoding.ASCII.GetString(name)} comes twice; it must come once");
        if (++_headers > MaxHeaders)
            return Refuse($"there are more than {MaxHeaders} header lines");
        value = TrimOneSpace(line[(colon + 1)..]);
        Position += end + lineEnd;
        return ReadStatus.Done;
    }

    /// <summary>
    /// Reads the last line if it is next: <see cref="ReadStatus.Done"/> as soon as a known name is complete, even without its
    /// line end, because some dialers never send one; a name that is no known one is a violation. Answers
    /// <see cref="ReadStatus.NeedMore"/> with <paramref name="isProtocol"/> false when another header is next.
    /// </summary>
    public ReadStatus ReadProtocol(scoped ReadOnlySpan<string> known, out bool isProtocol, out string? protocol)
    {
        protocol = null;
        var label = "Protocol:"u8;
        var rest = _input[Position..];
        isProtocol = rest.Length >= label.Length && Ascii.EqualsIgnoreCase(rest[..label.Length], label);
        if (!isProtocol)
            return ReadStatus.NeedMore;

        var value = TrimOneSpace(rest[label.Length..]);
        var incomplete = false;
        foreach (var name in known)
        {
            var seen = Math.Min(value.Length, name.Length);
            if (!Ascii.EqualsIgnoreCase(value[..seen], name.AsSpan(0, seen)))
                continue;
            if (seen < name.Length)
            {
                incomplete = true;
                continue;
            }

            // What is no text any more is the line end or already the first frame.
            if (value.Length > seen && value[seen] is >= 0x20 and < 0x7f)
                continue;
            protocol = Encoding.ASCII.GetString(value[..seen]);
            var after = value[seen..];
            var late = after is [(byte)'\r', (byte)'\n', ..] ? 2 : after is [(byte)'\r' or (byte)'\n', ..] ? 1 : 0;
            Position = _input.Length - after.Length + late;
            return ReadStatus.Done;
        }

        if (incomplete)
            return ReadStatus.NeedMore;
        var end = value.IndexOfAny(NotInLines);
        return Refuse($"Protocol {Wording.Quote(end < 0 ? value : value[..end])} is not known; it must be {known[0]}");
    }

    /// <summary>Remembers what is wrong.</summary>
    public ReadStatus Refuse(string reason)
    {
        Reason = reason;
        return ReadStatus.Violation;
    }

    private ReadStatus WrongFirstLine()
    {
        var end = _input.IndexOfAny((byte)'\r', (byte)'\n');
        return Refuse($"the first line is {Wording.Quote(end < 0 ? _input : _input[..end])}; it must be CshBBrain");
    }

    private static ReadOnlySpan<byte> TrimOneSpace(ReadOnlySpan<byte> value) => value is [(byte)' ', .. var rest] ? rest : value;

    private static ReadStatus ReadLineEnd(ReadOnlySpan<byte> bytes, out int length)
    {
        length = bytes switch
        {
            [(byte)'\n', ..] => 1,
            [(byte)'\r', (byte)'\n', ..] => 2,
            _ => 0,
        };
        return length > 0 ? ReadStatus.Done
            : bytes is [] or [(byte)'\r'] ? ReadStatus.NeedMore
            : ReadStatus.Violation;
    }

    private readonly bool IsDuplicate(ReadOnlySpan<byte> name)
    {
        var earlier = _input[_headersStart..Position];
        while (!earlier.IsEmpty)
        {
            if (Ascii.EqualsIgnoreCase(earlier[..earlier.IndexOf((byte)':')], name))
                return true;
            earlier = earlier[(earlier.IndexOf((byte)'\n') + 1)..];
        }

        return false;
    }
}
