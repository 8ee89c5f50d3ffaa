namespace ClusterActors.Actors.Worker;

/// <summary>An answer that business code owes a client and cannot give yet: <see cref="IClient.Defer"/>.</summary>
public interface IDeferral
{
    /// <summary>
    /// The answer is there, or will never be. To be called exactly once for each <see cref="IClient.Defer"/>, on any thread, even
    /// when the client has gone; returns at once.
    /// </summary>
    void Done();
}
