using Akka.Configuration;
using ClusterActors.Actors.Configuration.Hocon;

namespace ClusterActors.Actors.Configuration;

/// <summary>Layers reference.hocon, a file and <c>--set</c>, the later over the earlier, and reads the settings of a node.</summary>
public static class ConfigurationLoader
{
    private const string AkkaSection = "akka";
    private const string ReferenceName = "reference.hocon";
    private const string ReferenceResource = "ClusterActors.reference.hocon";

    /// <summary>Reads the configuration of a node.</summary>
    /// <param name="file">HOCON file, <see langword="null"/> for the defaults alone. <c>include "name"</c> in it is relative to it.</param>
    /// <param name="sets">Values that lie over the file: <c>key=value</c>, the key below <c>clusterActors</c> or with the prefix
    /// <c>clusterActors.</c> or <c>akka.</c>.</param>
    /// <exception cref="ConfigurationException">There are mistakes; all of them are in it.</exception>
    public static LoadedConfiguration Load(string? file, IReadOnlyList<string> sets) =>
        Load(file, sets, Environment.GetEnvironmentVariable, Environment.MachineName);

    internal static LoadedConfiguration Load(
        string? file, IReadOnlyList<string> sets, Func<string, string?> environment, string machineName)
    {
        ArgumentNullException.ThrowIfNull(sets);
        var journal = new SettingsJournal();
        var reference = Reference();
        var written = file is null ? reference : reference.Under(ReadFile(file, environment));
        foreach (var set in sets)
        {
            written = SetOption.Apply(set, written, journal);
        }

        return Read(written, reference, machineName, journal);
    }

    internal static NodeSettings Read(Config config, string source) =>
        Reading(() =>
        {
            var reference = Reference();
            var written = reference.Under(AkkaConfigConversion.ToSection(config, source));
            return Read(written, reference, Environment.MachineName, new SettingsJournal()).Settings;
        });

    private static LoadedConfiguration Read(
        HoconSection written, HoconSection reference, string machineName, SettingsJournal journal)
    {
        var settings = NodeSettingsReader.Read(written, reference, machineName, journal);
        journal.ThrowIfRefused();
        var akka = written.Members.GetValueOrDefault(AkkaSection);
        return new LoadedConfiguration(
            settings,
            akka is null
                ? Config.Empty
                : AkkaConfigConversion.ToConfig(HoconSection.Empty(akka.Origin).With([AkkaSection], akka)));
    }

    private static HoconSection Reference()
    {
        using var resource = typeof(ConfigurationLoader).Assembly.GetManifestResourceStream(ReferenceResource)
            ?? throw new InvalidOperationException($"The assembly lacks {ReferenceResource}.");
        using var reader = new StreamReader(resource);
        return HoconParser.Parse(
            reader.ReadToEnd(), ReferenceName, (_, origin) => throw new HoconSyntaxException(origin, "nothing is included here"), _ => null);
    }

    private static HoconSection ReadFile(string file, Func<string, string?> environment) =>
        Reading(() => new HoconFiles(environment).Read(file));

    private static T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (HoconSyntaxException mistake)
        {
            throw new ConfigurationException(
                [new ConfigurationError(mistake.Origin.ToString(), string.Empty, null, mistake.Message, string.Empty)]);
        }
    }
}
