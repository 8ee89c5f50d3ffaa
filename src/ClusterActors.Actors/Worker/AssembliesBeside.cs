using System.Reflection;
using System.Runtime.Loader;

namespace ClusterActors.Actors.Worker;

/// <summary>
/// Finds assemblies that lie beside the program but were not built with it, such as one with business code: by itself .NET looks
/// only for those that the program's <c>.deps.json</c> lists.
/// </summary>
internal static class AssembliesBeside
{
    private static int _isOn;

    /// <summary>From now on.</summary>
    public static void TurnOn()
    {
        if (Interlocked.Exchange(ref _isOn, 1) == 0)
            AssemblyLoadContext.Default.Resolving += Find;
    }

    private static Assembly? Find(AssemblyLoadContext context, AssemblyName name)
    {
        var file = Path.Combine(AppContext.BaseDirectory, $"{name.Name}.dll");
        return File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
    }
}
