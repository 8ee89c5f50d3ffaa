using System.Diagnostics;
using System.Text.Json;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests.Harness;

/// <summary>Looks at a fleet through the view of a manager (action 9), as an operator does.</summary>
internal static class Fleet
{
    /// <summary>Every server in the view of a manager.</summary>
    public static async Task<IReadOnlyList<JsonElement>> ViewAsync(int clusterPort)
    {
        using var peer = await FramePeer.OpenAsync(clusterPort);
        var reply = await peer.AskAsync("action=9");
        Assert.Equal("1000", reply["action"]);
        using var nodes = JsonDocument.Parse(reply["nodes"]);
        return [.. nodes.RootElement.EnumerateArray().Select(node => node.Clone())];
    }

    /// <summary>One server, when the manager knows it.</summary>
    public static async Task<JsonElement?> FindAsync(int clusterPort, string node)
    {
        var found = (await ViewAsync(clusterPort)).Where(server => server.GetProperty("node").GetString() == node).ToList();
        return found.Count == 0 ? null : found[0];
    }

    public static async Task<string> StateAsync(int clusterPort, string node) =>
        (await FindAsync(clusterPort, node))?.GetProperty("state").GetString() ?? "unknown";

    /// <summary>Waits until a manager sees a server in a state.</summary>
    public static async Task ShowsAsync(int clusterPort, string node, string state)
    {
        var watch = Stopwatch.StartNew();
        var last = "";
        while (watch.Elapsed < Eventually.Limit)
        {
            last = await StateAsync(clusterPort, node);
            if (last == state)
                return;
            await Task.Delay(10);
        }

        throw new TimeoutException($"{node} is {last}, not {state}");
    }
}
