using System.Xml.Linq;

namespace ClusterActors.Architecture.Tests;

/// <summary>The source that these tests were built from.</summary>
internal static class SourceTree
{
    private static readonly string Root = FindRoot();

    /// <summary>Every project under src.</summary>
    public static IReadOnlyList<Project> Projects { get; } =
        [.. Directory.GetFiles(Source, "*.csproj", SearchOption.AllDirectories).Select(ReadProject)];

    /// <summary>Every file of source under src.</summary>
    public static IReadOnlyList<SourceFile> Files { get; } =
    [
        .. Directory.GetFiles(Source, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path))
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj"))
            .Select(path => new SourceFile(path, File.ReadAllText(Path.Combine(Root, path)))),
    ];

    private static string Source => Path.Combine(Root, "src");

    private static Project ReadProject(string path)
    {
        var items = XDocument.Load(path).Descendants().ToLookup(
            element => element.Name.LocalName,
            element => element.Attribute("Include")?.Value ?? "");
        return new Project(
            Path.GetFileNameWithoutExtension(path),
            [.. items["ProjectReference"].Select(reference => Path.GetFileNameWithoutExtension(reference.Replace('\\', '/')))],
            [.. items["PackageReference"]]);
    }

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "ClusterActors.sln")))
                return folder;
        }
        throw new DirectoryNotFoundException($"no ClusterActors.sln above {AppContext.BaseDirectory}");
    }
}
