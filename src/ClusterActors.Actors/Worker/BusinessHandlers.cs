using System.Reflection;
using ClusterActors.Actors.Data;

namespace ClusterActors.Actors.Worker;

/// <summary>Finds the handler that <c>worker.handler</c> names.</summary>
public static class BusinessHandlers
{
    /// <summary>Creates a built-in handler, or one of the user's by its assembly-qualified type name.</summary>
    /// <param name="name"><c>data</c>, <c>echo</c>, <c>broadcast</c>, or <c>Namespace.Type, Assembly</c>.</param>
    /// <param name="store">What handler <c>data</c> serves.</param>
    /// <exception cref="ArgumentException">There is no such handler, or it cannot be created; the message says what would be right.</exception>
    public static IBusinessHandler Create(string name, IDataStore store) => name switch
    {
        "data" => new DataHandler(store),
        "echo" => new EchoHandler(),
        "broadcast" => new BroadcastHandler(),
        _ => Load(name),
    };

    private static IBusinessHandler Load(string name)
    {
        var type = Find(name) ?? throw Wrong(name, "no such type was found");
        if (!typeof(IBusinessHandler).IsAssignableFrom(type))
            throw Wrong(name, "it does not implement IBusinessHandler");
        try
        {
            return (IBusinessHandler)Activator.CreateInstance(type)!;
        }
        catch (Exception failure) when (failure is MissingMethodException or MemberAccessException or TargetInvocationException)
        {
            throw Wrong(name, $"it cannot be created: {(failure.InnerException ?? failure).Message}");
        }
    }

    private static Type? Find(string name)
    {
        AssembliesBeside.TurnOn();
        try
        {
            return Type.GetType(name, throwOnError: false);
        }
        catch (Exception failure) when (failure is ArgumentException or TypeLoadException or IOException or BadImageFormatException)
        {
            // What cannot even be read as the name of a type, or leads to a broken assembly, is thrown all the same.
            return null;
        }
    }

    private static ArgumentException Wrong(string name, string why) =>
        new($"worker.handler = \"{name}\": {why}; allowed are data, echo, broadcast, and the assembly-qualified name of a class that implements IBusinessHandler and has a constructor without parameters");
}
