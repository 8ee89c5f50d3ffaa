namespace ClusterActors.Actors.Manager;

/// <summary>Whether a server's link is there.</summary>
internal enum Presence
{
    /// <summary>Its link is open.</summary>
    Linked,

    /// <summary>Its link closed without a goodbye.</summary>
    Lost,

    /// <summary>It said goodbye, or it was away for so long that it is taken to have left.</summary>
    Left,
}
