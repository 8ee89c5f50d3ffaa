namespace ClusterActors.Actors.Configuration.Hocon;

/// <summary>Text, number, time, size or switch: which of them is decided by the setting that reads it.</summary>
/// <param name="Text">The text without quotes.</param>
/// <param name="Origin">Where it was written.</param>
internal sealed record HoconScalar(string Text, HoconOrigin Origin) : HoconNode(Origin)
{
    public override string Display => Text.Length == 0 ? "\"\"" : Text;
}
