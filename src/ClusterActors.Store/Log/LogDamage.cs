namespace ClusterActors.Store.Log;

/// <summary>A place in a log where what was durable is not there any more. It is repaired from a copy, never cut.</summary>
/// <param name="FilePath">The file.</param>
/// <param name="Offset">Byte in it.</param>
/// <param name="Reason">What is wrong, in words.</param>
public sealed record LogDamage(string FilePath, long Offset, string Reason)
{
    /// <summary>For people.</summary>
    public override string ToString() => $"{FilePath} is damaged at byte {Offset}: {Reason}";
}
