namespace ClusterActors.Client;

/// <summary>An order about management authority was sent and no answer came: it may have been carried out or not.</summary>
/// <param name="what">What may have happened, in words: "worker-2 may hold management authority".</param>
/// <param name="cause">What happened at the managers.</param>
public sealed class AuthorityUncertainException(string what, FleetException cause)
    : FleetException($"{cause.Message} All the same {what}: the view of the fleet (status) tells.");
