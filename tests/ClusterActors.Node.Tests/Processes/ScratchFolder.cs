namespace ClusterActors.Node.Tests.Processes;

/// <summary>A folder that is deleted with its content.</summary>
public sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("clusteractors-").FullName;

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A browser that was just killed may still be writing; the system clears its temporary folder.
        }
    }
}
