using System.Collections.Immutable;
using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace ClusterActors.Actors.Configuration.Hocon;

/// <summary>Between Akka's configuration, which says no places, and the sections mistakes are searched in.</summary>
internal static class AkkaConfigConversion
{
    // Akka resolves some substitutions to a value that contains itself.
    private const int MaxDepth = 64;

    /// <summary>What an Akka configuration holds; <paramref name="source"/> stands for the place of all of it.</summary>
    /// <exception cref="HoconSyntaxException">It contains itself through a substitution.</exception>
    public static HoconSection ToSection(Config config, string source)
    {
        var origin = new HoconOrigin(source, 0);
        return config.IsEmpty ? HoconSection.Empty(origin) : ToSection(config.Root.GetObject(), origin, depth: 0);
    }

    /// <summary>A section as Akka reads it.</summary>
    public static Config ToConfig(HoconSection section) => new(new HoconRoot(ToValue(section)));

    private static HoconSection ToSection(HoconObject from, HoconOrigin origin, int depth) =>
        HoconSection.Empty(origin) with
        {
            Members = from.Items.ToImmutableSortedDictionary(
                item => item.Key, item => ToNode(item.Value, origin, depth), StringComparer.Ordinal),
        };

    private static HoconNode ToNode(HoconValue from, HoconOrigin origin, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new HoconSyntaxException(origin, "a substitution contains itself");
        }

        if (from.IsObject())
        {
            return ToSection(from.GetObject(), origin, depth + 1);
        }

        return from.IsArray()
            ? new HoconList([.. from.GetArray().Select(item => ToNode(item, origin, depth + 1))], origin)
            : new HoconScalar(from.GetString() ?? string.Empty, origin);
    }

    private static HoconValue ToValue(HoconNode node)
    {
        var value = new HoconValue();
        switch (node)
        {
            case HoconSection section:
                var members = new HoconObject();
                foreach (var (name, member) in section.Members)
                {
                    members.GetOrCreateKey(name).AppendValue(ToValue(member).Values[0]);
                }

                value.AppendValue(members);
                break;
            case HoconList list:
                var items = new HoconArray();
                items.AddRange(list.Items.Select(ToValue));
                value.AppendValue(items);
                break;
            case HoconScalar scalar:
                value.AppendValue(new HoconLiteral { Value = scalar.Text });
                break;
        }

        return value;
    }
}
