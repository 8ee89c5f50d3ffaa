namespace ClusterActors.Actors.Configuration.Hocon;

/// <summary>The text cannot be read; the message says what was expected at <paramref name="origin"/>.</summary>
internal sealed class HoconSyntaxException(HoconOrigin origin, string message) : Exception(message)
{
    public HoconOrigin Origin { get; } = origin;
}
