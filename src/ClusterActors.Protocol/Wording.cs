using System.Text;

namespace ClusterActors.Protocol;

/// <summary>Quotes what a peer sent in sentences that go back to it and into logs.</summary>
public static class Wording
{
    private const int QuotedCharacters = 40;

    /// <summary>At most 40 characters in single quotes; a peer cannot place line ends or control characters in our logs.</summary>
    public static string Quote(ReadOnlySpan<byte> bytes)
    {
        // A character takes at most four bytes: what lies beyond cannot be among those shown.
        var shown = bytes[..Math.Min(bytes.Length, (QuotedCharacters + 1) * 4)];
        return Quote(Encoding.UTF8.GetString(shown));
    }

    /// <inheritdoc cref="Quote(ReadOnlySpan{byte})"/>
    public static string Quote(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var cut = text.Length > QuotedCharacters;

        // Half of a character that takes two is none.
        var end = cut && char.IsHighSurrogate(text[QuotedCharacters - 1]) ? QuotedCharacters - 1 : QuotedCharacters;
        var plain = WithoutControls(cut ? text[..end] : text);
        return cut ? $"'{plain}...'" : $"'{plain}'";
    }

    /// <summary>The same text with every control character replaced by <c>?</c>, so that it stays on one line.</summary>
    public static string WithoutControls(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Create(text.Length, text, static (to, from) =>
        {
            for (var i = 0; i < from.Length; i++)
                to[i] = char.IsControl(from[i]) ? '?' : from[i];
        });
    }
}
