using Mono.Cecil;
using Mono.Collections.Generic;

namespace ClusterActors.Architecture.Tests;

/// <summary>The compiled product, and this test assembly for its samples.</summary>
internal static class Assemblies
{
    private static readonly ReaderParameters Parameters = CreateParameters();

    /// <summary>Every type at the top level of the assemblies under src; nested types are reached through them.</summary>
    public static IReadOnlyList<TypeDefinition> Product { get; } =
        [.. SourceTree.Projects.SelectMany(project => TypesOf($"{project.Name}.dll"))];

    /// <summary>The types of this assembly that break rules on purpose.</summary>
    public static IReadOnlyList<TypeDefinition> Samples { get; } =
    [
        .. TypesOf("ClusterActors.Architecture.Tests.dll")
            .Where(type => type.Namespace.StartsWith("ClusterActors.Architecture.Tests.Samples", StringComparison.Ordinal)),
    ];

    /// <summary>The sample with that name.</summary>
    public static TypeDefinition Sample(string name) => Samples.Single(type => type.Name == name);

    private static Collection<TypeDefinition> TypesOf(string file) =>
        AssemblyDefinition.ReadAssembly(Path.Combine(AppContext.BaseDirectory, file), Parameters).MainModule.Types;

    private static ReaderParameters CreateParameters()
    {
        var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        return new ReaderParameters { AssemblyResolver = resolver };
    }
}
