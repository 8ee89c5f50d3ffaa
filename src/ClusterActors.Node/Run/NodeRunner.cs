using ClusterActors.Actors.Configuration;

namespace ClusterActors.Node.Run;

/// <summary>Runs a node until SIGTERM or Ctrl-C: command <c>run</c>.</summary>
internal static class NodeRunner
{
    /// <summary>Starts a node, says when it is ready, and returns once it has left.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(RunOptions options, CancellationToken cancellation)
    {
        try
        {
            var configuration = ConfigurationLoader.Load(options.ConfigFile, options.Sets);
            return await RunAsync(configuration, TimeProvider.System, cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is ConfigurationException or ArgumentException)
        {
            await Console.Error.WriteLineAsync(failure.Message).ConfigureAwait(false);
            return ExitCodes.Configuration;
        }
    }

    private static async Task<int> RunAsync(LoadedConfiguration configuration, TimeProvider time, CancellationToken stop)
    {
        var began = time.GetTimestamp();
        var end = await NodeLife.RunAsync(configuration, isFirst: true, stop).ConfigureAwait(false);
        if (end is NodeEnd.NotStarted { Reason: var reason })
        {
            await Console.Error.WriteLineAsync($"The node cannot start: {reason}").ConfigureAwait(false);
            return ExitCodes.NotUsable;
        }

        // What ended by itself had started before, so that nothing is wrong with its configuration: it is tried until it works again.
        var backoff = RestartBackoff.First;
        while (end is not (NodeEnd.Left or NodeEnd.StoreBroken) && !stop.IsCancellationRequested)
        {
            (var pause, backoff) = backoff.After(time.GetElapsedTime(began));
            Say(configuration.Settings.Node, end, pause);
            await Task.Delay(pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested)
                break;
            began = time.GetTimestamp();
            end = await LiveAgainAsync(configuration, stop).ConfigureAwait(false);
        }

        if (end is not NodeEnd.StoreBroken broken)
            return ExitCodes.Left;
        await Console.Error.WriteLineAsync($"The node has stopped, its store is broken: {broken.Reason}").ConfigureAwait(false);
        return ExitCodes.StoreBroken;
    }

    private static async Task<NodeEnd> LiveAgainAsync(LoadedConfiguration configuration, CancellationToken stop)
    {
        try
        {
            return await NodeLife.RunAsync(configuration, isFirst: false, stop).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return new NodeEnd.NotStarted("its ports did not open in time");
        }
    }

    // There is no actor system now that could log.
    private static void Say(string node, NodeEnd end, TimeSpan pause) => Console.WriteLine(end switch
    {
        NodeEnd.NotStarted { Reason: var reason } => $"node {node} could not start anew: {reason}; trying again in {pause.TotalSeconds:0} s",
        NodeEnd.Ended { Reason: var reason } => $"node {node} has ended: {reason}; starting anew in {pause.TotalSeconds:0} s",
        _ => "",
    });
}
