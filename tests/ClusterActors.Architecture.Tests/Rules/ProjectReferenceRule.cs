namespace ClusterActors.Architecture.Tests.Rules;

/// <summary>References point one way (design, section 2). A project that is not in the table is a violation too.</summary>
internal static class ProjectReferenceRule
{
    private const string WithoutPackages = "ClusterActors.Protocol";

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["ClusterActors.Protocol"] = [],
        ["ClusterActors.Store"] = [],
        ["ClusterActors.Transport"] = [],
        ["ClusterActors.Client"] = ["ClusterActors.Protocol"],
        ["ClusterActors.Actors"] = ["ClusterActors.Protocol", "ClusterActors.Store", "ClusterActors.Transport"],
        ["ClusterActors.Dashboard"] = ["ClusterActors.Actors"],
        ["ClusterActors.Node"] = ["ClusterActors.Actors", "ClusterActors.Client", "ClusterActors.Dashboard"],
    };

    public static IReadOnlyList<string> Violations(IEnumerable<Project> projects) => [.. projects.SelectMany(Violations)];

    private static IEnumerable<string> Violations(Project project)
    {
        if (!Allowed.TryGetValue(project.Name, out var allowed))
            return [$"{project.Name} has no line in the table of references"];
        return project.Projects.Except(allowed).Select(other => $"{project.Name} references {other}")
            .Concat(project.Name == WithoutPackages
                ? project.Packages.Select(package => $"{project.Name} references package {package}")
                : []);
    }
}
