namespace ClusterActors.Transport.Tests.Harness;

/// <summary>What Linux knows about the process of the tests.</summary>
internal static class ProcessFacts
{
    public static int Descriptors() => Directory.GetFiles("/proc/self/fd").Length;

    /// <summary>Names of its threads, cut at 15 characters by the kernel.</summary>
    public static IReadOnlyList<string> Threads() => Directory.GetDirectories("/proc/self/task").Select(NameOf).ToList();

    private static string NameOf(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).TrimEnd();
        }
        catch (IOException)
        {
            // It ended between the two looks.
            return string.Empty;
        }
    }
}
