using System.Collections.Immutable;
using System.Text;

namespace ClusterActors.Actors.Configuration.Hocon;

/// <summary>Reads what stands right of <c>=</c>: a list, or text put together from quoted, plain and substituted pieces.</summary>
/// <param name="cursor">Where to read.</param>
/// <param name="above">What is configured above at a path.</param>
/// <param name="environment">Gives an environment variable, or <see langword="null"/>.</param>
internal sealed class HoconValueParser(
    HoconCursor cursor, Func<string[], HoconNode?> above, Func<string, string?> environment)
{
    private const string OnlyInQuotes = "$\"{}[]#=`^?!@*&\\";

    /// <summary>The value; <see langword="null"/> where it is only a <c>${?NAME}</c> of which nothing is known.</summary>
    /// <exception cref="HoconSyntaxException">There is no value, or one that cannot be read.</exception>
    public HoconNode? Parse()
    {
        cursor.SkipBlanks();
        return cursor.Current == '[' ? ParseList() : ParsePieces(inList: false);
    }

    private HoconList ParseList()
    {
        var opened = cursor.Here;
        cursor.Take();
        var items = ImmutableArray.CreateBuilder<HoconNode>();
        cursor.SkipLines();
        while (!cursor.TryTake("]"))
        {
            if (cursor.AtEnd)
            {
                throw new HoconSyntaxException(opened, "the '[' opened here is never closed");
            }

            if (cursor.Current is '{' or '[')
            {
                throw cursor.Error($"'{cursor.Current}' cannot stand in a list");
            }

            if (ParsePieces(inList: true) is { } item)
            {
                items.Add(item);
            }

            var separated = cursor.SkipLines();
            separated |= cursor.TryTake(",");
            cursor.SkipLines();
            if (!separated && cursor is { AtEnd: false, Current: not ']' })
            {
                throw cursor.Error($"'{cursor.Current}' does not belong here, expected a comma or ']'");
            }
        }

        return new HoconList(items.ToImmutable(), opened);
    }

    private HoconNode? ParsePieces(bool inList)
    {
        var origin = cursor.Here;
        var pieces = new List<HoconNode?>();
        while (!EndsValue(inList))
        {
            if (cursor.Current == '"')
            {
                pieces.Add(new HoconScalar(cursor.TakeQuoted(), origin));
            }
            else if (cursor.TryTake("${"))
            {
                pieces.Add(Substitute());
            }
            else if (TakePlain(inList) is { Length: > 0 } plain)
            {
                pieces.Add(new HoconScalar(plain, origin));
            }
        }

        return pieces.Count switch
        {
            0 => throw new HoconSyntaxException(origin, "expected a value; write \"\" for an empty one"),
            1 => pieces[0] is { } only ? only with { Origin = origin } : null,
            _ => new HoconScalar(string.Concat(pieces.Select(JoinedText)), origin),
        };
    }

    private bool EndsValue(bool inList) =>
        cursor.AtEnd || cursor.Current is '\n' or ',' or '}' || (inList && cursor.Current == ']') || cursor.AtComment;

    /// <summary>Plain text with the blanks inside it; blanks before the end of the value are not part of it.</summary>
    private string TakePlain(bool inList)
    {
        var plain = new StringBuilder();
        while (!EndsValue(inList) && cursor.Current != '"' && !cursor.StartsWith("${"))
        {
            if (OnlyInQuotes.Contains(cursor.Current, StringComparison.Ordinal))
            {
                throw cursor.Error($"a value with '{cursor.Current}' needs quotes");
            }

            plain.Append(cursor.Take());
        }

        // HOCON starts a comment here, and would cut an address short without a word.
        if (cursor.StartsWith("//") && plain.Length > 0 && !char.IsWhiteSpace(plain[^1]))
        {
            throw cursor.Error("a value with '//' needs quotes");
        }

        return EndsValue(inList) ? plain.ToString().TrimEnd() : plain.ToString();
    }

    private HoconNode? Substitute()
    {
        var optional = cursor.TryTake("?");
        var name = new StringBuilder();
        while (!cursor.TryTake("}"))
        {
            name.Append(cursor.Current is '\n' or '\0' ? throw cursor.Error("'${' is not closed by '}' on its line") : cursor.Take());
        }

        var wanted = name.ToString().Trim();
        if (above(wanted.Split('.')) is { } found)
        {
            return found;
        }

        return environment(wanted) is { Length: > 0 } value
            ? new HoconScalar(value, cursor.Here)
            : optional ? null : throw cursor.Error($"{wanted} is neither configured above nor an environment variable");
    }

    private string JoinedText(HoconNode? piece) => piece switch
    {
        null => string.Empty,
        HoconScalar scalar => scalar.Text,
        _ => throw cursor.Error("a list or a section cannot be joined with text"),
    };
}
