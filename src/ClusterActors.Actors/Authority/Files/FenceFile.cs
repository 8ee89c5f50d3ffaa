using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Store.Files;

namespace ClusterActors.Actors.Authority.Files;

/// <summary>
/// Where a worker keeps its fence: <c>&lt;dataDirectory&gt;/&lt;node&gt;/fence.json</c>. A crash at any moment leaves the old file or the new one,
/// never a part; every method blocks on the disk.
/// </summary>
/// <param name="dataDirectory">Setting <c>dataDirectory</c>.</param>
/// <param name="node">Node id.</param>
internal sealed class FenceFile(string dataDirectory, string node)
{
    private const string Name = "fence.json";

    private const int MaxBytes = 16 * 1024;

    private readonly DurableFile _file = new(NodeFolder.PathOf(dataDirectory, node, Name), MaxBytes);

    /// <summary>The file.</summary>
    public string FilePath => _file.FilePath;

    /// <summary>Looks what is in it.</summary>
    public Stored<Fence> Load() => SealedJson.Load(_file, FenceJson.Read, FenceJson.Write);

    /// <summary>Writes the fence, and returns when it is on the disk.</summary>
    /// <exception cref="IOException">It could not be written; <see cref="Load"/> says what holds now.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written there.</exception>
    public void Save(Fence fence) => _file.Write(FenceJson.Write(fence));
}
