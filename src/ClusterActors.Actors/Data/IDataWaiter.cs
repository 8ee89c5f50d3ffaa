namespace ClusterActors.Actors.Data;

/// <summary>Whoever waits for the outcome of a write.</summary>
public interface IDataWaiter
{
    /// <summary>
    /// The write is done or refused. Called exactly once, on any thread, which it must not hold up; it does not throw. Whatever
    /// the outcome rests on is committed by then: a conflict with a write that could still get lost is not told.
    /// </summary>
    void Told(in DataOutcome outcome);
}
