namespace ClusterActors.Actors.Tests;

/// <summary>A directory of files that is gone after the test.</summary>
internal sealed class TemporaryFiles : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("clusteractors-");

    public string Root => _directory.FullName;

    public string Write(string name, string text)
    {
        var path = Path.Combine(Root, name.TrimStart('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
