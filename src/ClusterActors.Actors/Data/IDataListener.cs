namespace ClusterActors.Actors.Data;

/// <summary>Hears of the changes of a store. Called by one thread at a time, which it must not hold up; it does not throw.</summary>
public interface IDataListener
{
    /// <summary>An entry has changed: told once it is committed and can be read, in the order of the versions.</summary>
    void Changed(in DataChange change);

    /// <summary>This worker does not own the data any more: no change will be told again.</summary>
    /// <param name="why">In words, for clients.</param>
    void Ended(string why);
}
