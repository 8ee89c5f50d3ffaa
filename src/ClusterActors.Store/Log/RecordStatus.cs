namespace ClusterActors.Store.Log;

/// <summary>What a reader of bytes found.</summary>
public enum RecordStatus
{
    /// <summary>A whole one, and it was taken from the input.</summary>
    Done,

    /// <summary>The beginning of one; the input is as it was.</summary>
    NeedMore,

    /// <summary>What can be no record, whatever follows; the input is as it was.</summary>
    Violation,
}
