using System.Collections.Immutable;
using ClusterActors.Actors.Configuration.Hocon;

namespace ClusterActors.Actors.Configuration;

/// <summary>
/// Reads the values of one section. A value that is refused is noted and its default taken, so that one reading finds every
/// mistake; what was never asked for is an unknown key.
/// </summary>
/// <param name="path">Name of the section from the root, such as <c>clusterActors.worker</c>.</param>
/// <param name="written">The section in effect, which lies over <paramref name="reference"/>.</param>
/// <param name="reference">The section in reference.hocon: where all defaults are.</param>
/// <param name="keys">Every known key, for suggestions.</param>
/// <param name="journal">Takes mistakes and changes.</param>
internal sealed class SettingsReader(
    string path, HoconSection written, HoconSection reference, KnownKeys keys, SettingsJournal journal)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);

    public SettingsReader Section(string name)
    {
        _asked.Add(name);
        var below = (HoconSection)Default(name);
        if (written.Members[name] is not HoconSection section)
        {
            journal.Refuse(Key(name), written.Members[name], "it is a section, not a single value", $"{name} {{ ... }}");
            section = below;
        }

        return new SettingsReader(Key(name), section, below, keys, journal);
    }

    public int Integer(string name, int min, int max) =>
        Read(name, $"a whole number from {min} to {max}", SettingParsers.Integer(min, max));

    public TimeSpan Time(string name, TimeSpan min, TimeSpan max) =>
        Read(name, $"a time from {SettingText.Of(min)} to {SettingText.Of(max)}", SettingParsers.Time(min, max));

    public TimeSpan? TimeOrOff(string name, TimeSpan min, TimeSpan max) =>
        Read(name, $"a time from {SettingText.Of(min)} to {SettingText.Of(max)}, or off", SettingParsers.TimeOrOff(min, max));

    public int Size(string name, int min, int max) =>
        Read(name, $"a size from {SettingText.Of(min)} to {SettingText.Of(max)}", SettingParsers.Size(min, max));

    public bool OnOff(string name) => Choice(name, ("off", false), ("on", true));

    public T Choice<T>(string name, params (string Name, T Value)[] choices) =>
        Read(name, SettingText.OneOf(choices.Select(choice => choice.Name)), SettingParsers.Choice(choices));

    public string Text(string name, string allowed, Func<string, bool> accepts) =>
        Read(name, allowed, SettingParsers.Text(accepts));

    public ImmutableArray<T> List<T>(string name, string allowed, SettingParser<T> parseItem) =>
        Read(name, allowed, SettingParsers.List(parseItem), static (one, other) => one.SequenceEqual(other));

    /// <summary>
    /// Notes a value that does not go with others. Silent when one of them was refused already: a combination with the
    /// default that took its place says nothing.
    /// </summary>
    public void Refuse(string name, string problem, string allowed, params string[] others)
    {
        if (!_refused.Contains(name) && !_refused.Overlaps(others))
        {
            journal.Refuse(Key(name), written.Members[name], problem + Blame(name, others), allowed);
        }
    }

    /// <summary>Ends the section: what is in it and was never asked for is unknown.</summary>
    public T Complete<T>(T settings)
    {
        foreach (var (name, value) in written.Members.Where(member => !_asked.Contains(member.Key)))
        {
            var hint = keys.Nearest(Key(name), path) is { } near ? $", perhaps {near} is meant" : string.Empty;
            journal.Refuse(Key(name), value, "this key is unknown" + hint, $"in {path}: {string.Join(", ", _asked)}");
        }

        return settings;
    }

    // A default is never wrong by itself: what was written and does not go with it is.
    private string Blame(string name, string[] others) => written.Members[name] == reference.Members[name]
        ? string.Concat(others
            .Select(other => (Name: other, Node: written.Members[other]))
            .Where(other => other.Node != reference.Members[other.Name])
            .Select(other => $" (with {other.Name} = {other.Node.Display} from {other.Node.Origin})"))
        : string.Empty;

    private string Key(string name) => $"{path}.{name}";

    private HoconNode Default(string name) =>
        reference.Members.GetValueOrDefault(name) ?? throw new InvalidOperationException($"reference.hocon lacks {Key(name)}.");

    private T Read<T>(string name, string allowed, SettingParser<T> parse, Func<T, T, bool>? equal = null)
    {
        _asked.Add(name);
        if (parse(Default(name), out var fallback) is { } broken)
        {
            throw new InvalidOperationException($"reference.hocon: {Key(name)}: {broken}.");
        }

        var node = written.Members[name];
        if (parse(node, out var value) is { } problem)
        {
            _refused.Add(name);
            journal.Refuse(Key(name), node, problem, allowed);
            return fallback;
        }

        if (!(equal ?? EqualityComparer<T>.Default.Equals)(value, fallback))
        {
            journal.Change(Key(name)[(KnownKeys.Root.Length + 1)..], node, Default(name));
        }

        return value;
    }
}
