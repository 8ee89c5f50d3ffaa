using ClusterActors.Protocol.Data;

namespace ClusterActors.Client;

/// <summary>A worker did not do what it was asked to do with its data (PROTOCOL.md section 8).</summary>
/// <param name="worker">The worker's business port.</param>
/// <param name="code">One of <see cref="DataCode"/>, or a newer word.</param>
/// <param name="reason">The worker's sentence.</param>
/// <param name="present">In a conflict the version that is there.</param>
public sealed class DataRefusedException(ServerAddress worker, string code, string reason, EntryVersion? present)
    : FleetException($"The worker at {worker} refused ({code}): {reason.TrimEnd('.')}.")
{
    /// <summary>The worker's business port.</summary>
    public ServerAddress Worker { get; } = worker;

    /// <summary>
    /// One of <see cref="DataCode"/>, or a newer word. After <see cref="DataCode.Timeout"/> it is not known whether the write was
    /// done; with every other code nothing was done.
    /// </summary>
    public string Code { get; } = code;

    /// <summary>The worker's sentence.</summary>
    public string Reason { get; } = reason;

    /// <summary>In a <see cref="DataCode.Conflict"/> the version that is there; <see langword="null"/> when there is no entry.</summary>
    public EntryVersion? Present { get; } = present;
}
