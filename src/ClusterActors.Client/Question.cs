using ClusterActors.Protocol.Messages;

namespace ClusterActors.Client;

/// <summary>A request and how far a client goes for its answer.</summary>
/// <param name="Request">What is sent, at each try with the same seq if it has one.</param>
/// <param name="Timeout">How long one server may take to accept a connection, shake hands and answer.</param>
internal sealed record Question(Message Request, TimeSpan Timeout)
{
    /// <summary>How long it is asked again while no manager knows a holder of management authority.</summary>
    public TimeSpan Patience { get; init; }

    /// <summary>Whether a server that did not answer is asked once more, being known not to do the same thing twice.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>Whether it is meant for the first manager alone: sent there once and followed to no other.</summary>
    public bool StaysWithFirst { get; init; }

    /// <summary>Makes the failure of a request that was sent and not answered; <see langword="null"/> where nothing may have been done.</summary>
    public Func<FleetException, FleetException>? Uncertain { get; init; }
}
