namespace ClusterActors.Actors.Authority.Rules;

/// <summary>One life of a voter's ballot: from its first write until the file is lost.</summary>
/// <param name="Number">1 at first contact, one more or higher with each time it was readmitted.</param>
/// <param name="Id">Random, drawn when the ballot is first written.</param>
internal readonly record struct Incarnation(int Number, string Id);
