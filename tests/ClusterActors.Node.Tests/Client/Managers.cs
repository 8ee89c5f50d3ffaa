using System.Globalization;
using ClusterActors.Client;

namespace ClusterActors.Node.Tests.Client;

/// <summary>Scripts of managers that do their part.</summary>
internal static class Managers
{
    /// <summary>Answers one allocation with a worker.</summary>
    public static Task Allocate(ScriptedConnection connection, ServerAddress worker) =>
        Reply(connection, string.Create(CultureInfo.InvariantCulture, $"action=1000&ip={worker.Host}&port={worker.Port}&node=alpha&lease=tok_1&expires=10"));

    /// <summary>Answers one request with each of these, and then the close.</summary>
    public static async Task Reply(ScriptedConnection connection, params string[] replies)
    {
        await connection.AcceptAsync();
        foreach (var reply in replies)
        {
            await connection.ReadTextAsync();
            await connection.SendTextAsync(reply);
        }

        await connection.FinishAsync();
    }
}
