namespace ClusterActors.Actors.Tests.Authority.Simulation;

/// <summary>Runs one seed, and tells its story if it has to be told.</summary>
internal static class SimulationRun
{
    /// <summary>What was violated; null when nothing was.</summary>
    public static string? Try(int seed, Bend bend, List<long>? returned = null, HashSet<Type>? noted = null, Story? story = null)
    {
        var simulation = new Simulation(seed, bend, story);
        try
        {
            simulation.Run();
            returned?.Add(simulation.Returned);
            noted?.UnionWith(simulation.Noted);
            return null;
        }
        catch (Violation violation)
        {
            return violation.Message;
        }
    }

    /// <summary>The story of a seed that failed.</summary>
    public static string Retell(int seed, Bend bend, string violation)
    {
        var story = new Story();
        var again = Try(seed, bend, story: story);
        return $"seed {seed}: {violation}{(again == violation ? "" : $" (and another time: {again ?? "nothing"})")}\n{story}";
    }
}
