using System.Text;

namespace ClusterActors.Protocol.Messages;

/// <summary>
/// Walks over <c>name=value&amp;name=value</c> without allocating: splits first, decodes after (PROTOCOL.md section 3).
/// </summary>
/// <param name="payload">Payload of a text message.</param>
public ref struct ParameterReader(ReadOnlySpan<byte> payload)
{
    /// <summary>Most parameters of one message.</summary>
    public const int MaxParameters = 64;

    private readonly ReadOnlySpan<byte> _payload = payload;
    private int _position;
    private int _count;

    // One bit per hash of a name seen: only when a bit is set already are the earlier names compared.
    private ulong _seen;

    /// <summary>Whether any value may hold an escape; hardly any message does, and one look at all of it is cheaper than many.</summary>
    internal bool HoldsEscapes { get; } = payload.Contains((byte)'%');

    /// <summary>What is wrong with the message, once <see cref="TryRead"/> answered false; <see langword="null"/> at its end.</summary>
    public string? Error { get; private set; }

    /// <summary>Reads the next parameter.</summary>
    /// <param name="name">Its name as it came, never empty, and never one that was read before. Names are not decoded.</param>
    /// <param name="value">Its value as it came, its escapes well formed; <see cref="TryDecode"/> makes text of it.</param>
    /// <returns>False at the end and at an error; see <see cref="Error"/>.</returns>
    public bool TryRead(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var start = _position;
        var status = TrySplit(_payload, ref _position, out name, out value);
        if (Error is not null || (status == ReadStatus.NeedMore && _count > 0))
            return false;
        if (status == ReadStatus.NeedMore)
            Error = "the message is empty; it must be name=value&name=value";
        else if (++_count > MaxParameters)
            Error = $"there are more than {MaxParameters} parameters";
        else if (status == ReadStatus.Violation)
            Error = $"{Wording.Quote(name)} is not name=value";
        else if (HoldsEscapes && !PercentCoding.IsWellFormed(value))
            Error = $"{Encoding.UTF8.GetString(name)} {Wording.Quote(value)} has a malformed escape; % must be followed by two hex digits";
        else if (IsDuplicate(name, start))
            Error = $"parameter {Wording.Quote(name)} comes twice; it must come once";
        return Error is null;
    }

    /// <summary>Decodes a value that <see cref="TryRead"/> gave.</summary>
    /// <returns>False when the decoded bytes are not UTF-8.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> value, out string text)
    {
        var decoded = PercentCoding.DecodeText(value);
        text = decoded ?? "";
        return decoded is not null;
    }

    /// <summary>
    /// Splits off the next parameter and checks nothing but its form: <see cref="ReadStatus.NeedMore"/> at the end,
    /// <see cref="ReadStatus.Violation"/> with the whole part as name when it is not <c>name=value</c>.
    /// </summary>
    internal static ReadStatus TrySplit(
        ReadOnlySpan<byte> payload, scoped ref int position, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = value = default;
        if (position > payload.Length || payload.IsEmpty)
            return ReadStatus.NeedMore;
        var rest = payload[position..];
        var ampersand = rest.IndexOf((byte)'&');
        var part = ampersand < 0 ? rest : rest[..ampersand];
        position += part.Length + 1;
        var equals = part.IndexOf((byte)'=');
        name = equals < 1 ? part : part[..equals];
        value = equals < 1 ? default : part[(equals + 1)..];
        return equals < 1 ? ReadStatus.Violation : ReadStatus.Done;
    }

    private bool IsDuplicate(scoped ReadOnlySpan<byte> name, int start)
    {
        // With these factors no two names of a report, or of any other message of the protocol, share a bit.
        var hash = (name.Length * 3) + (name[0] * 19) + (name[^1] * 9) + name[name.Length / 2];
        var bit = 1UL << (hash & 63);
        if ((_seen & bit) == 0)
        {
            _seen |= bit;
            return false;
        }

        var position = 0;
        while (position < start)
        {
            _ = TrySplit(_payload, ref position, out var earlier, out _);
            if (earlier.SequenceEqual(name))
                return true;
        }

        return false;
    }
}
