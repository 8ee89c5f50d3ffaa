namespace ClusterActors.Store.Log;

/// <summary>A file of a log.</summary>
/// <param name="Name">Its name in the directory of the log.</param>
/// <param name="First">Sequence of the first record that is, or will be, in it.</param>
/// <param name="Last">Sequence of the last record in it; one less than the first when there is none yet.</param>
/// <param name="Bytes">Bytes that are in use in it; the file itself may be longer.</param>
public sealed record LogSegment(string Name, long First, long Last, long Bytes);
