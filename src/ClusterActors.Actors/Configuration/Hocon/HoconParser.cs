using System.Collections.Immutable;

namespace ClusterActors.Actors.Configuration.Hocon;

/// <summary>
/// Reads HOCON strictly, and says the line of what it cannot read.
/// </summary>
/// <remarks>
/// Akka's own parser is not used for files because it takes a missing brace or quote silently, loops for ever in an
/// unclosed list, and overflows the stack at <c>${?VARIABLE}</c>. Different from the HOCON specification: a substitution
/// sees what stands above it and then the environment; an environment variable that is set but empty counts as not set; a
/// colon needs no quotes inside a value; a file that is included must exist; sections stand in no list.
/// </remarks>
internal sealed class HoconParser
{
    // A configuration nests a few levels deep; the bound keeps a hostile text from exhausting the stack.
    private const int MaxDepth = 32;

    private readonly HoconCursor _cursor;
    private readonly Func<string, HoconOrigin, HoconSection> _include;
    private readonly HoconValueParser _values;
    private HoconSection _root;

    private HoconParser(
        string text, string source, Func<string, HoconOrigin, HoconSection> include, Func<string, string?> environment)
    {
        _cursor = new HoconCursor(text, source);
        _include = include;
        _values = new HoconValueParser(_cursor, path => _root?.Find(path), environment);
        _root = HoconSection.Empty(new HoconOrigin(source, 0));
    }

    /// <summary>Reads a whole text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="source">Its name in mistakes.</param>
    /// <param name="include">Gives the section of <c>include "name"</c>, written at the origin.</param>
    /// <param name="environment">Gives an environment variable, or <see langword="null"/>.</param>
    /// <exception cref="HoconSyntaxException">The text cannot be read.</exception>
    public static HoconSection Parse(
        string text, string source, Func<string, HoconOrigin, HoconSection> include, Func<string, string?> environment)
    {
        var parser = new HoconParser(text, source, include, environment);
        return parser.ParseRoot();
    }

    /// <summary>Reads a single value, as an option of the command line has it.</summary>
    /// <exception cref="HoconSyntaxException">The text is not just a value.</exception>
    public static HoconNode ParseValue(string text, HoconOrigin origin)
    {
        var cursor = new HoconCursor(text, origin.Source);
        var value = new HoconValueParser(cursor, _ => null, _ => null).Parse();
        cursor.SkipLines();
        return value is not null && cursor.AtEnd ? value with { Origin = origin } : throw cursor.Error("expected a single value");
    }

    private HoconSection ParseRoot()
    {
        _cursor.SkipLines();
        var opened = _cursor.Here;
        ParseMembers([], _cursor.TryTake("{") ? opened : null);
        _cursor.SkipLines();
        return _cursor.AtEnd ? _root : throw _cursor.Error($"'{_cursor.Current}' stands after the end of the configuration");
    }

    /// <summary>Members up to the closing brace, which is taken, or to the end of a text without outer braces.</summary>
    private void ParseMembers(ImmutableArray<string> prefix, HoconOrigin? opened)
    {
        _cursor.SkipLines();
        while (!_cursor.AtEnd)
        {
            if (_cursor.Current == '}' && opened is not null)
            {
                _cursor.Take();
                return;
            }

            ParseMember(prefix);
            ParseSeparator();
        }

        if (opened is { } origin)
        {
            throw new HoconSyntaxException(origin, "the '{' opened here is never closed");
        }
    }

    private void ParseSeparator()
    {
        var lineEnded = _cursor.SkipLines();
        if (_cursor.TryTake(","))
        {
            _cursor.SkipLines();
        }
        else if (!lineEnded && !_cursor.AtEnd && _cursor.Current != '}')
        {
            throw _cursor.Error($"'{_cursor.Current}' does not belong here, expected a comma or the end of the line");
        }
    }

    private void ParseMember(ImmutableArray<string> prefix)
    {
        var origin = _cursor.Here;
        var name = ParsePath();
        if (name is ["include"] && _cursor.Current == '"')
        {
            Put(prefix, _include(_cursor.TakeQuoted(), origin));
            return;
        }

        var path = prefix.AddRange(name);
        if (path.Length > MaxDepth)
        {
            throw _cursor.Error($"sections nest deeper than {MaxDepth} levels");
        }

        var assigned = _cursor.TryTake("=") || _cursor.TryTake(":");
        if (assigned)
        {
            _cursor.SkipLines();
        }

        var opened = _cursor.Here;
        if (_cursor.TryTake("{"))
        {
            Put(path, HoconSection.Empty(origin));
            ParseMembers(path, opened);
        }
        else if (assigned)
        {
            if (_values.Parse() is { } value)
            {
                Put(path, value);
            }
        }
        else if (_cursor.TryTake("+="))
        {
            Append(path, origin);
        }
        else
        {
            throw _cursor.Error($"expected '=', ':' or '{{' after {string.Join('.', name)}");
        }
    }

    private ImmutableArray<string> ParsePath()
    {
        var path = ImmutableArray.CreateBuilder<string>();
        do
        {
            path.Add(_cursor.Current == '"' ? _cursor.TakeQuoted() : _cursor.TakeName());
        }
        while (_cursor.TryTake("."));

        _cursor.SkipBlanks();
        return path.ToImmutable();
    }

    private void Append(ImmutableArray<string> path, HoconOrigin origin)
    {
        if (_values.Parse() is { } value)
        {
            var present = _root.Find(path.AsSpan()) as HoconList ?? new HoconList([], origin);
            Put(path, present with { Items = present.Items.Add(value), Origin = origin });
        }
    }

    private void Put(ImmutableArray<string> path, HoconNode value) =>
        _root = path.IsEmpty ? _root.Under((HoconSection)value) : _root.With(path.AsSpan(), value);
}
