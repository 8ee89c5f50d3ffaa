using ClusterActors.Actors.Configuration.Hocon;

namespace ClusterActors.Actors.Configuration;

/// <summary>The option <c>--set key=value</c> of the command line.</summary>
internal static class SetOption
{
    private const string Allowed = "key=value, as in worker.threads=4";

    /// <summary><paramref name="written"/> with the option over it; an option that cannot be read is noted.</summary>
    public static HoconSection Apply(string option, HoconSection written, SettingsJournal journal)
    {
        var origin = new HoconOrigin($"--set {option}", 0);
        var equals = option.IndexOf('=', StringComparison.Ordinal);
        var path = equals < 0 ? [] : option[..equals].Trim().Split('.');
        if (path.Length == 0 || path.Any(string.IsNullOrWhiteSpace))
        {
            journal.Refuse(string.Empty, new HoconScalar(option, origin), "it has no key before an equals sign", Allowed);
            return written;
        }

        var value = Value(option[(equals + 1)..].Trim(), origin);
        return written.With(path[0] is KnownKeys.Root or "akka" ? path : [KnownKeys.Root, .. path], value);
    }

    // A shell has eaten quotes already, so what is neither a list nor quoted is taken as it stands.
    private static HoconNode Value(string text, HoconOrigin origin)
    {
        if (text is not (['[', ..] or ['"', ..]))
        {
            return new HoconScalar(text, origin);
        }

        try
        {
            return HoconParser.ParseValue(text, origin);
        }
        catch (HoconSyntaxException)
        {
            // As in clustersServer=[::1]:9292, where the bracket opens an address.
            return new HoconScalar(text, origin);
        }
    }
}
