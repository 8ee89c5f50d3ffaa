using Mono.Cecil;

namespace ClusterActors.Architecture.Tests.Rules;

/// <summary>
/// A duty folder sees typed messages only, no socket, frame or byte, and meets other duties through messages and actor
/// references, never through their actors' types (design, section 2). The gateway may see the wire; so may the root of
/// the project, where everything is put together.
/// </summary>
internal static class DutyFolderRule
{
    private const string Gateway = "Gateway";

    private static readonly string[] Wire =
    [
        "System.Net.Sockets",
        "ClusterActors.Protocol.Frames",
        "ClusterActors.Protocol.Handshake",
        "ClusterActors.Transport",
    ];

    /// <param name="types">The types to look at.</param>
    /// <param name="root">The namespace that the duty folders are in.</param>
    public static IReadOnlyList<string> Violations(IEnumerable<TypeDefinition> types, string root) =>
        [.. types.SelectMany(type => DutyOf(type, root) is { } duty ? Violations(type, duty, root) : []).Distinct()];

    private static IEnumerable<string> Violations(TypeDefinition type, string duty, string root)
    {
        foreach (var used in type.Uses())
        {
            if (duty != Gateway && Wire.Any(space => IsWithin(NamespaceOf(used), space)))
                yield return $"{type.FullName} uses {used.FullName}, which only the gateway may";
            if (DutyOf(used, root) is { } other && other != duty && used.Resolve().IsActor())
                yield return $"{type.FullName} uses the actor {used.FullName} of another duty";
        }
    }

    private static string? DutyOf(TypeReference type, string root)
    {
        var space = NamespaceOf(type);
        return space.StartsWith(root + ".", StringComparison.Ordinal) ? space[(root.Length + 1)..].Split('.')[0] : null;
    }

    private static bool IsWithin(string space, string outer) =>
        space == outer || space.StartsWith(outer + ".", StringComparison.Ordinal);

    private static string NamespaceOf(TypeReference type) =>
        type.DeclaringType is { } outer ? NamespaceOf(outer) : type.Namespace;
}
