namespace ClusterActors.Store.Log;

/// <summary>What stands at a place of a segment.</summary>
internal enum SegmentItem
{
    /// <summary>Nothing: zeros, or the end of the file.</summary>
    Nothing,

    /// <summary>A record.</summary>
    Record,

    /// <summary>A durable mark.</summary>
    Mark,

    /// <summary>Neither.</summary>
    Wrong,
}
