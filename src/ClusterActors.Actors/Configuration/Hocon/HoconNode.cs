namespace ClusterActors.Actors.Configuration.Hocon;

/// <summary>A value of a configuration with the place it was written at.</summary>
/// <param name="Origin">Where it was written.</param>
internal abstract record HoconNode(HoconOrigin Origin)
{
    /// <summary>The value as it is quoted in a sentence about it.</summary>
    public abstract string Display { get; }
}
