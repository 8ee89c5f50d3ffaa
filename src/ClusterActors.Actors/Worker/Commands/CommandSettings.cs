namespace ClusterActors.Actors.Worker.Commands;

/// <summary>Bounds of the executor of commands.</summary>
/// <param name="Node">Node id of this server.</param>
internal sealed record CommandSettings(string Node)
{
    /// <summary>Time after which a command is answered, done or not; also the longest it waits for those before it.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Requests that may wait at once.</summary>
    public int MaxWaiting { get; init; } = 64;

    /// <summary>Commands that are remembered at most, so that the same one is not executed twice.</summary>
    public int MaxRemembered { get; init; } = 1000;

    /// <summary>How long a command is remembered.</summary>
    public TimeSpan RememberFor { get; init; } = TimeSpan.FromMinutes(10);
}
