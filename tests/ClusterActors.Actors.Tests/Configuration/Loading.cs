using ClusterActors.Actors.Configuration;

namespace ClusterActors.Actors.Tests.Configuration;

/// <summary>Loads configurations on a machine called "box" whose environment is what the test says.</summary>
internal static class Loading
{
    public static NodeSettings Sets(params string[] sets) => File(null, [], sets).Settings;

    public static LoadedConfiguration Text(string hocon, params string[] sets)
    {
        using var files = new TemporaryFiles();
        return File(files.Write("node.hocon", hocon), [], sets);
    }

    public static LoadedConfiguration File(string? file, Dictionary<string, string> environment, params string[] sets) =>
        ConfigurationLoader.Load(file, sets, name => environment.GetValueOrDefault(name), "box");

    public static IReadOnlyList<ConfigurationError> Errors(Action load) =>
        Assert.Throws<ConfigurationException>(load).Errors;
}
