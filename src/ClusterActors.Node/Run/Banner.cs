using ClusterActors.Actors;
using ClusterActors.Actors.Configuration;

namespace ClusterActors.Node.Run;

/// <summary>What a node says on the console when it is ready: where it is found, and what to try next.</summary>
internal static class Banner
{
    /// <summary>The banner, line by line.</summary>
    /// <param name="settings">What the node is.</param>
    /// <param name="ports">What it listens on.</param>
    /// <param name="command">How this program is called in a shell.</param>
    public static IEnumerable<string> Lines(NodeSettings settings, OpenPorts ports, string command)
    {
        yield return "";
        yield return $"ClusterActors node {settings.Node}: {Role(settings)}";
        foreach (var port in ports.BusinessPorts)
            yield return settings.RunsWorker
                ? $"  clients    {At(settings, port)}   ws://{At(settings, port)}/   (handler {settings.Worker.Handler})"
                : $"  clients    {At(settings, port)}   ws://{At(settings, port)}/   (asks for a server: action=0, shows the fleet: action=9)";
        if (ports.ClusterPort is { } cluster)
            yield return $"  cluster    {At(settings, cluster)}   (workers and operators)";
        yield return "";
        foreach (var line in Next(settings, ports, command))
            yield return line;
    }

    /// <summary>How this program was called, so that a line of the banner can be pasted into a shell as it is.</summary>
    public static string OwnCommand()
    {
        var entry = Path.ChangeExtension(Environment.ProcessPath ?? "", null);
        var own = Environment.GetCommandLineArgs()[0];
        return entry.EndsWith("dotnet", StringComparison.OrdinalIgnoreCase)
            ? $"dotnet {Shortest(own)}"
            : Shortest(Environment.ProcessPath ?? own);
    }

    private static IEnumerable<string> Next(NodeSettings settings, OpenPorts ports, string command)
    {
        if (settings.RunsManager && ports.ClusterPort is { } cluster)
        {
            var manager = cluster == 9292 ? "" : $" --manager 127.0.0.1:{cluster}";
            yield return "Try next, in another terminal:";
            yield return $"  {command} status{manager}      the fleet, --watch keeps it in view";
            yield return $"  {command} allocate{manager}    which worker a client is sent to, --explain says why";
            yield return $"  {command} try{manager}         be a client: allocate, connect, say hello";
        }
        else if (settings.ClustersSwitch)
        {
            yield return "It reports to " + string.Join(" and ", settings.ClustersServer) + "; see it there:";
            yield return $"  {command} status --manager {settings.ClustersServer[0]}";
        }
        else
        {
            yield return "It serves clients alone (clustersSwitch 0). Try a WebSocket client:";
            yield return $"  npx wscat -c ws://{At(settings, ports.BusinessPorts.FirstOrDefault())}/";
        }

        yield return "Ctrl-C leaves gracefully.";
        yield return "";
    }

    private static string Role(NodeSettings settings) => settings switch
    {
        { ClustersSwitch: false } => "a lone business server",
        { ClustersRole: NodeRole.Worker } => "a worker",
        { ClustersRole: NodeRole.Manager } => "a manager",
        _ => "a manager that serves clients too",
    };

    private static string At(NodeSettings settings, int port) =>
        settings.Host.Contains(':', StringComparison.Ordinal) ? $"[{settings.Host}]:{port}" : $"{settings.Host}:{port}";

    private static string Shortest(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        var shorter = relative.Length < path.Length ? relative : path;
        return shorter.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) ? shorter : $".{Path.DirectorySeparatorChar}{shorter}";
    }
}
