namespace ClusterActors.Actors.Manager;

/// <summary>What the manager is configured with. The defaults are in <c>reference.hocon</c>.</summary>
public sealed record ManagerSettings
{
    /// <summary>A server that is silent for more than this many report intervals is late (design, section 5).</summary>
    public const int IntervalsUntilLate = 3;

    /// <summary>Commands that wait for one worker at most, behind the one that is under way.</summary>
    public const int MaxWaitingCommands = 64;

    /// <summary>Node id of this manager.</summary>
    public required string Node { get; init; }

    /// <summary>How long a place is held for a client that has not connected yet. <c>allocation.leaseTime</c>.</summary>
    public required TimeSpan LeaseTime { get; init; }

    /// <summary>How often servers report, and how often this manager looks for changes to log. <c>report.interval</c>.</summary>
    public required TimeSpan ReportInterval { get; init; }

    /// <summary>Silence after which a CshBBrain server is late (PROTOCOL.md section 5). <c>compat.lateAfter</c>.</summary>
    public required TimeSpan CshBBrainLateAfter { get; init; }

    /// <summary>Clients that a server takes at most when its reports do not say. <c>compat.maxClientCount</c>.</summary>
    public required int CshBBrainMaxClientCount { get; init; }

    /// <summary>A server that is unreachable for longer than this is taken to have left.</summary>
    public required TimeSpan ForgetAfter { get; init; }

    /// <summary>A server that is gone for longer than this is no longer listed.</summary>
    public required TimeSpan KeepGone { get; init; }

    /// <summary>Servers in the registry at most, the gone ones included.</summary>
    public required int MaxServers { get; init; }

    /// <summary>How long a command may wait for its turn, and how long a worker may take to answer it. <c>manager.commandTimeout</c>.</summary>
    public required TimeSpan CommandTimeout { get; init; }

    /// <summary>The longest silence at which a server of that kind is not yet late.</summary>
    /// <param name="kind">What the server is.</param>
    public TimeSpan LateAfter(PeerKind kind) =>
        kind == PeerKind.CshBBrain ? CshBBrainLateAfter : ReportInterval * IntervalsUntilLate;
}
