namespace ClusterActors.Actors.Configuration.Hocon;

/// <summary>Where a value was written, so that a mistake can be found.</summary>
/// <param name="Source">File as the operator named it, or <c>--set key=value</c>.</param>
/// <param name="Line">Line, from 1; 0 where the source has no lines.</param>
internal readonly record struct HoconOrigin(string Source, int Line)
{
    public override string ToString() => Line > 0 ? $"{Source} line {Line}" : Source;
}
