using ClusterActors.Protocol.Messages;

namespace ClusterActors.Client;

/// <summary>A manager answered a request with action 2000 (PROTOCOL.md section 3).</summary>
/// <param name="manager">The manager.</param>
/// <param name="code">One of <see cref="FailureCode"/>, or a newer word.</param>
/// <param name="reason">Its sentence.</param>
/// <param name="explanation">For an allocation that was to be explained: every worker and why it was not chosen.</param>
public sealed class RequestRefusedException(
    ServerAddress manager, string code, string reason, IReadOnlyList<AllocationCandidate> explanation)
    : FleetException($"The manager at {manager} refused ({code}): {reason.TrimEnd('.')}.")
{
    /// <summary>The manager that refused.</summary>
    public ServerAddress Manager { get; } = manager;

    /// <summary>One of <see cref="FailureCode"/>, or a newer word.</summary>
    public string Code { get; } = code;

    /// <summary>The manager's sentence.</summary>
    public string Reason { get; } = reason;

    /// <summary>Every worker and why it was not chosen; empty unless an explanation was asked for and given.</summary>
    public IReadOnlyList<AllocationCandidate> Explanation { get; } = explanation;
}
