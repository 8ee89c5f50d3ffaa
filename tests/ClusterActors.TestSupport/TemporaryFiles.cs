namespace ClusterActors.TestSupport;

/// <summary>A directory of files that is gone after the test.</summary>
public sealed class TemporaryFiles : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("clusteractors-");

    /// <summary>The directory.</summary>
    public string Root => _directory.FullName;

    /// <summary>Writes a file.</summary>
    /// <returns>Its whole path.</returns>
    public string Write(string name, string text)
    {
        ArgumentNullException.ThrowIfNull(name);
        var path = Path.Combine(Root, name.TrimStart('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Deletes everything.</summary>
    public void Dispose() => _directory.Delete(recursive: true);
}
