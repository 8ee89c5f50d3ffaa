using System.Buffers;
using System.Text;

namespace ClusterActors.Protocol.Handshake;

/// <summary>
/// Walks over the lines of an HTTP/1.1 request head (RFC 9112 sections 2, 3 and 5). Lines end in CR LF only: a bare CR or LF and
/// a folded line are refused, because peers read them differently.
/// </summary>
internal ref struct HttpHeadReader(ReadOnlySpan<byte> head)
{
    private static readonly SearchValues<byte> TokenBytes = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private static readonly SearchValues<byte> NotInValues = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Where(b => b != '\t').Select(b => (byte)b), 0x7f]);

    private ReadOnlySpan<byte> _rest = head;

    /// <summary>
    /// Length of the head up to and with its blank line. 0 while it is incomplete, -1 when a line end is not CR LF.
    /// </summary>
    public static int LengthOf(ReadOnlySpan<byte> input)
    {
        for (var at = 0; ;)
        {
            var end = input[at..].IndexOfAny((byte)'\r', (byte)'\n');
            if (end < 0)
                return 0;
            end += at;
            if (input[end] == '\n')
                return -1;
            if (end + 1 == input.Length)
                return 0;
            if (input[end + 1] != '\n')
                return -1;
            if (end == at)
                return end + 2;
            at = end + 2;
        }
    }

    /// <summary>Splits <c>method SP target SP version</c>; false when the line has another form.</summary>
    public bool TryReadRequestLine(out ReadOnlySpan<byte> method, out ReadOnlySpan<byte> target, out ReadOnlySpan<byte> version)
    {
        method = target = version = default;
        var line = NextLine();
        var first = line.IndexOf((byte)' ');
        var last = line.LastIndexOf((byte)' ');
        if (first < 1 || last <= first + 1)
            return false;
        method = line[..first];
        target = line[(first + 1)..last];
        version = line[(last + 1)..];
        return !method.ContainsAnyExcept(TokenBytes)
            && !target.ContainsAnyExceptInRange((byte)0x21, (byte)0x7e)
            && version is [(byte)'H', (byte)'T', (byte)'T', (byte)'P', (byte)'/', >= (byte)'0' and <= (byte)'9', (byte)'.', >= (byte)'0' and <= (byte)'9'];
    }

    /// <summary>
    /// Reads the next header, its value trimmed. False at the blank line that ends the head, and, with a reason, at a bad line.
    /// </summary>
    public bool TryReadHeader(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value, out string? reason)
    {
        name = value = default;
        reason = null;
        var line = NextLine();
        if (line.IsEmpty)
            return false;
        var colon = line.IndexOf((byte)':');
        if (line[0] is (byte)' ' or (byte)'\t')
            reason = $"The header line {Wording.Quote(line)} is folded; a header must stand on one line.";
        else if (colon < 1 || line[..colon].ContainsAnyExcept(TokenBytes))
            reason = $"The header line {Wording.Quote(line)} is not Name: value.";
        else if (line[(colon + 1)..].ContainsAny(NotInValues))
            reason = $"The header {Encoding.ASCII.GetString(line[..colon])} holds a control character.";
        if (reason is not null)
            return false;
        name = line[..colon];
        value = line[(colon + 1)..].Trim(" \t"u8);
        return true;
    }

    /// <summary>Whether a comma-separated list holds the token, in any case.</summary>
    public static bool ListHolds(ReadOnlySpan<byte> list, ReadOnlySpan<byte> token)
    {
        foreach (var range in list.Split((byte)','))
        {
            if (Ascii.EqualsIgnoreCase(list[range].Trim(" \t"u8), token))
                return true;
        }

        return false;
    }

    private ReadOnlySpan<byte> NextLine()
    {
        var end = _rest.IndexOf("\r\n"u8);
        var line = _rest[..end];
        _rest = _rest[(end + 2)..];
        return line;
    }
}
