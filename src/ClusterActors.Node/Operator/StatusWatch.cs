using ClusterActors.Client;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ClusterActors.Node.Operator;

/// <summary>
/// Shows a view again and again until it is cancelled: in place on a terminal, one below the other elsewhere. A manager that
/// is away is asked on until it is back.
/// </summary>
internal sealed class StatusWatch(ManagerClient client, OperatorConsole console)
{
    /// <summary>Watches; ends without an exception when it is cancelled.</summary>
    /// <param name="json">Prints each view as a line of JSON and what goes wrong to standard error.</param>
    /// <param name="cancellation">Ctrl-C.</param>
    public Task RunAsync(bool json, CancellationToken cancellation)
    {
        if (json)
            return LoopAsync(ShowJson, cancellation);
        if (console.Out.Profile.Capabilities.Ansi)
            return console.Out.Live(Text.Empty).StartAsync(live => LoopAsync((_, state) => live.UpdateTarget(Frame(state)), cancellation));
        return LoopAsync(ShowBelow, cancellation);
    }

    private async Task LoopAsync(Action<WatchState, WatchState> show, CancellationToken cancellation)
    {
        var state = new WatchState();
        try
        {
            while (true)
            {
                var before = state;
                state = await LookAsync(before, cancellation);
                show(before, state);
                await Task.Delay(console.WatchInterval, console.Time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The way a watch ends.
        }
    }

    private async Task<WatchState> LookAsync(WatchState state, CancellationToken cancellation)
    {
        try
        {
            return WatchState.Seen(await client.ViewAsync(cancellation), console.Time.GetLocalNow());
        }
        catch (FleetException failure)
        {
            return state.Lost(failure.Message, console.Time.GetLocalNow());
        }
    }

    private Rows Frame(WatchState state)
    {
        var profile = console.Out.Profile;
        var parts = new List<IRenderable>();
        if (state.Notice is { } notice)
            parts.Add(new Text(PlainText.Of(notice), new Style(Color.Red)));
        if (state.View is { } view)
            parts.Add(StatusTable.Of(view, profile.Width, profile.Capabilities.Unicode));
        return new Rows(parts);
    }

    private void ShowBelow(WatchState before, WatchState state)
    {
        // Where nothing can be redrawn, one notice does for as long as it holds.
        if (state.LostSince is null || before.LostSince is null)
            console.Out.Write(new Rows(Frame(state), Text.Empty));
    }

    private void ShowJson(WatchState before, WatchState state)
    {
        if (state.LostSince is null)
            console.WriteLine(JsonLines.Of(state.View!));
        else if (before.LostSince is null)
            console.WriteError($"{state.Reason} Trying on.");
    }
}
