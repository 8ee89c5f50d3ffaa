using System.Collections.Immutable;
using ClusterActors.Actors.Configuration.Hocon;

namespace ClusterActors.Actors.Configuration;

/// <summary>What reading one configuration brought to light: every mistake, and every setting that is not at its default.</summary>
internal sealed class SettingsJournal
{
    private readonly ImmutableArray<ConfigurationError>.Builder _errors = ImmutableArray.CreateBuilder<ConfigurationError>();
    private readonly ImmutableArray<ChangedSetting>.Builder _changed = ImmutableArray.CreateBuilder<ChangedSetting>();

    public ImmutableArray<ChangedSetting> Changed => _changed.ToImmutable();

    public void Refuse(string key, HoconNode? written, string problem, string allowed) =>
        _errors.Add(new ConfigurationError(
            written?.Origin.ToString() ?? "configuration", key, written is HoconSection ? null : written?.Display, problem, allowed));

    public void Change(string key, HoconNode written, HoconNode reference) =>
        _changed.Add(new ChangedSetting(key, written.Display, reference.Display, written.Origin.ToString()));

    /// <exception cref="ConfigurationException">There was a mistake.</exception>
    public void ThrowIfRefused()
    {
        if (_errors.Count > 0)
        {
            throw new ConfigurationException(_errors.ToImmutable());
        }
    }
}
