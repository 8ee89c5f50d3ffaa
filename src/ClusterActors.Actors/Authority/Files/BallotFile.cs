using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Store.Files;

namespace ClusterActors.Actors.Authority.Files;

/// <summary>
/// Where a voter keeps its ballot: <c>&lt;dataDirectory&gt;/&lt;node&gt;/ballot.json</c>. A crash at any moment leaves the old file or the new one,
/// never a part; every method blocks on the disk.
/// </summary>
/// <param name="dataDirectory">Setting <c>dataDirectory</c>.</param>
/// <param name="node">Node id.</param>
internal sealed class BallotFile(string dataDirectory, string node)
{
    private const string Name = "ballot.json";

    // A table of every voter there can be takes a few of them.
    private const int MaxBytes = 64 * 1024;

    private readonly DurableFile _file = new(NodeFolder.PathOf(dataDirectory, node, Name), MaxBytes);

    /// <summary>The file.</summary>
    public string FilePath => _file.FilePath;

    /// <summary>Looks what is in it.</summary>
    public Stored<Ballot> Load() => SealedJson.Load(_file, BallotJson.Read, BallotJson.Write);

    /// <summary>Writes the ballot, and returns when it is on the disk.</summary>
    /// <exception cref="IOException">It could not be written; <see cref="Load"/> says what holds now.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written there.</exception>
    public void Save(Ballot ballot) => _file.Write(BallotJson.Write(ballot));

    /// <summary>Keeps a damaged file for whoever wants to look at it, as <c>ballot.json.damaged-1</c>, <c>-2</c>, ...</summary>
    /// <returns>Where it is now.</returns>
    /// <exception cref="IOException">It could not be moved, or there is none.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be moved.</exception>
    public string SetAside() => _file.SetAside();
}
