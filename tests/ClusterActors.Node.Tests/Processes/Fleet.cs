using ClusterActors.Client;
using ClusterActors.Protocol.Messages;
using ClusterActors.TestSupport;

namespace ClusterActors.Node.Tests.Processes;

/// <summary>Asks managers like an operator.</summary>
public static class Fleet
{
    /// <summary>The state of each server that a manager knows, <c>null</c> while it does not answer.</summary>
    public static async Task<ViewReply?> ViewAsync(ServerAddress manager)
    {
        try
        {
            await using var client = new ManagerClient([manager]);
            return await client.ViewAsync();
        }
        catch (FleetException)
        {
            return null;
        }
    }

    /// <summary>Waits until a manager sees a server in this state.</summary>
    public static async Task<ServerView> SeesAsync(ServerAddress manager, string node, ServerState state)
    {
        ServerView? seen = null;
        await HoldsAsync(
            async () =>
            {
                seen = (await ViewAsync(manager))?.Nodes.SingleOrDefault(server => server.Node == node);
                return seen?.State == state;
            },
            () => $"{manager} sees {node} as {state}; last seen: {seen?.State.ToString() ?? "nothing"}");
        return seen!;
    }

    /// <summary>Waits until something that has to be asked for holds.</summary>
    public static async Task HoldsAsync(Func<Task<bool>> condition, Func<string> expectation)
    {
        using var limit = new CancellationTokenSource(Eventually.Limit);
        while (!await condition())
        {
            if (limit.IsCancellationRequested)
                throw new TimeoutException($"not within {Eventually.Limit.TotalSeconds} s: {expectation()}");
            await Task.Delay(20);
        }
    }

    /// <summary>Asks for one allocation.</summary>
    public static async Task<WorkerAllocation> AllocateAsync(ServerAddress manager, string? key = null)
    {
        await using var client = new ManagerClient([manager]);
        return await client.AllocateAsync(key, false);
    }
}
