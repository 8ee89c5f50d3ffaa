namespace ClusterActors.Actors.Gateway;

/// <summary>Where a manager's cluster port is.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">Its <c>clustersPort</c>.</param>
public readonly record struct ManagerAddress(string Host, int Port)
{
    /// <summary><c>host:port</c>, an IPv6 address in brackets.</summary>
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
