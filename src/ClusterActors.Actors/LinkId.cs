using System.Globalization;

namespace ClusterActors.Actors;

/// <summary>
/// Names one link (a connection to the cluster port after a good handshake, PROTOCOL.md section 1) for as long as the
/// process runs. Given out by the gateway, never used twice.
/// </summary>
/// <param name="Value">A number that grows with each link.</param>
public readonly record struct LinkId(long Value)
{
    /// <summary>The bare number, as it stands in a log line.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
