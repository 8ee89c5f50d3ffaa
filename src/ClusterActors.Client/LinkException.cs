namespace ClusterActors.Client;

/// <summary>One connection failed.</summary>
/// <param name="reason">What the far end did, in words that follow its address: "refuses connections".</param>
internal sealed class LinkException(string reason) : Exception(reason);
