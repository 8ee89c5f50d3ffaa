using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ClusterActors.Architecture.Tests;

/// <summary>What the rules ask of a compiled type.</summary>
internal static class TypeDefinitionExtensions
{
    private const string ActorBase = "Akka.Actor.ActorBase";

    /// <summary>The type and everything nested in it, what the compiler made of lambdas and async methods included.</summary>
    public static IEnumerable<TypeDefinition> WithNested(this TypeDefinition type) =>
        type.NestedTypes.SelectMany(WithNested).Prepend(type);

    /// <summary>Whether it is an actor.</summary>
    public static bool IsActor(this TypeDefinition type)
    {
        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.Resolve()?.BaseType)
        {
            if (ancestor.FullName == ActorBase)
                return true;
        }
        return false;
    }

    /// <summary>Every method with a body in the type and everything nested in it.</summary>
    public static IEnumerable<MethodDefinition> Bodies(this TypeDefinition type) =>
        type.WithNested().SelectMany(each => each.Methods).Where(method => method.HasBody);

    /// <summary>Every type that the type names in a declaration or in a body: bare, without array, reference and arguments.</summary>
    public static IEnumerable<TypeReference> Uses(this TypeDefinition type) =>
        type.WithNested().SelectMany(Declared).Concat(type.Bodies().SelectMany(InBody)).SelectMany(Bare);

    private static IEnumerable<TypeReference?> Declared(TypeDefinition type) =>
        type.Fields.Select(field => field.FieldType)
            .Concat(type.Methods.SelectMany(Signature))
            .Concat(type.Interfaces.Select(each => each.InterfaceType))
            .Concat(type.CustomAttributes.Select(attribute => attribute.AttributeType))
            .Append(type.BaseType);

    private static IEnumerable<TypeReference?> InBody(MethodDefinition method) =>
        method.Body.Variables.Select(variable => variable.VariableType)
            .Concat(method.Body.ExceptionHandlers.Select(handler => handler.CatchType))
            .Concat(method.Body.Instructions.SelectMany(InOperand));

    private static IEnumerable<TypeReference?> InOperand(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        MethodReference method => Signature(method).Append(method.DeclaringType),
        _ => [],
    };

    private static IEnumerable<TypeReference?> Signature(MethodReference method) =>
        method.Parameters.Select(parameter => parameter.ParameterType)
            .Concat(method is GenericInstanceMethod generic ? generic.GenericArguments : [])
            .Append(method.ReturnType);

    private static IEnumerable<TypeReference> Bare(TypeReference? type) => type switch
    {
        null => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Bare).Concat(Bare(generic.ElementType)),
        TypeSpecification wrapped => Bare(wrapped.ElementType),
        GenericParameter => [],
        _ => [type],
    };
}
