using Mono.Cecil;

namespace ClusterActors.Architecture.Tests.Rules;

/// <summary>An actor is started through its static <c>Props</c> and by nothing else: internal, sealed, never a public type.</summary>
internal static class ActorShapeRule
{
    public static IReadOnlyList<string> Violations(IEnumerable<TypeDefinition> types) =>
        [.. types.SelectMany(type => type.WithNested()).Where(type => type.IsActor()).SelectMany(Violations)];

    private static IEnumerable<string> Violations(TypeDefinition actor)
    {
        // An abstract base is what others build on, and may be theirs to see.
        if (actor.IsAbstract)
            yield break;
        if (actor.IsPublic || actor.IsNestedPublic)
            yield return $"{actor.FullName} is public";
        if (!actor.IsSealed)
            yield return $"{actor.FullName} is not sealed";
        if (!actor.Methods.Any(IsProps))
            yield return $"{actor.FullName} has no static Props";
    }

    private static bool IsProps(MethodDefinition method) =>
        method is { IsStatic: true, Name: "Props", ReturnType.FullName: "Akka.Actor.Props" };
}
