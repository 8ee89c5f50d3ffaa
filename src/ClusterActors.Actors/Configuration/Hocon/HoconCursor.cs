using System.Globalization;
using System.Text;

namespace ClusterActors.Actors.Configuration.Hocon;

/// <summary>A position in the text: blanks, comments and strings, and the line for whoever must find a mistake.</summary>
internal sealed class HoconCursor(string text, string source)
{
    private const string TripleQuote = "\"\"\"";
    private const string OwnCharacters = "$\"{}[]:=,+#`^?!@*&\\.";
    private int _index;
    private int _line = 1;

    public bool AtEnd => _index >= text.Length;

    /// <summary>The character here, NUL at the end.</summary>
    public char Current => AtEnd ? '\0' : text[_index];

    public HoconOrigin Here => new(source, _line);

    public bool AtComment => Current == '#' || StartsWith("//");

    public bool StartsWith(string expected) => string.CompareOrdinal(text, _index, expected, 0, expected.Length) == 0;

    public HoconSyntaxException Error(string message) => new(Here, message);

    public char Take()
    {
        var taken = text[_index++];
        if (taken == '\n')
        {
            _line++;
        }

        return taken;
    }

    public bool TryTake(string expected)
    {
        if (!StartsWith(expected))
        {
            return false;
        }

        _index += expected.Length;
        return true;
    }

    /// <summary>Skips blanks and a comment up to the end of the line, not past it.</summary>
    public void SkipBlanks()
    {
        while (!AtEnd && Current != '\n' && (char.IsWhiteSpace(Current) || Current == '\uFEFF'))
        {
            Take();
        }

        if (AtComment)
        {
            while (!AtEnd && Current != '\n')
            {
                Take();
            }
        }
    }

    /// <summary>Skips blanks, comments and line ends; answers whether a line ended.</summary>
    public bool SkipLines()
    {
        var ended = false;
        SkipBlanks();
        while (Current == '\n' && !AtEnd)
        {
            Take();
            ended = true;
            SkipBlanks();
        }

        return ended;
    }

    /// <summary>A quoted string with JSON escapes on one line, or a triple-quoted one as it stands.</summary>
    public string TakeQuoted()
    {
        var opened = Here;
        var result = new StringBuilder();
        if (TryTake(TripleQuote))
        {
            while (!TryTake(TripleQuote))
            {
                result.Append(AtEnd ? throw new HoconSyntaxException(opened, "the \"\"\" opened here is never closed") : Take());
            }

            return result.ToString();
        }

        Take();
        while (Current != '"')
        {
            if (AtEnd || Current == '\n')
            {
                throw new HoconSyntaxException(opened, "the quote opened here is not closed on its line");
            }

            var taken = Take();
            result.Append(taken == '\\' ? TakeEscape() : taken);
        }

        Take();
        return result.ToString();
    }

    /// <summary>A name without quotes: no blank and none of HOCON's own characters.</summary>
    public string TakeName()
    {
        var from = _index;
        while (!AtEnd && !char.IsWhiteSpace(Current) && !OwnCharacters.Contains(Current, StringComparison.Ordinal) && !AtComment)
        {
            _index++;
        }

        return _index > from ? text[from.._index] : throw Error(AtEnd ? "expected a name" : $"'{Current}' cannot start a name");
    }

    private char TakeEscape()
    {
        if (AtEnd)
        {
            throw Error("the text ends after a backslash");
        }

        var escaped = Take();
        return escaped switch
        {
            '"' or '\\' or '/' => escaped,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => TakeUnicode(),
            _ => throw Error($"\\{escaped} is not an escape; write \\\\ for a backslash"),
        };
    }

    private char TakeUnicode()
    {
        if (_index + 4 <= text.Length
            && ushort.TryParse(text.AsSpan(_index, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            _index += 4;
            return (char)code;
        }

        throw Error("\\u needs four hexadecimal digits");
    }
}
