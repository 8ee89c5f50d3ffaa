using Akka.Actor;
using ClusterActors.Actors.Data;
using ClusterActors.Store.Entries;

namespace ClusterActors.Actors.Backup;

/// <summary>
/// The store of a worker as business code sees it: reads go to the committed entries on the caller's own thread, writes to the
/// <see cref="OriginActor"/>. Before that has opened the store, and after it has closed it, everything is refused.
/// </summary>
internal sealed class OriginStore(TimeProvider time) : IDataStore
{
    private sealed record View(EntryStore? Entries, DataRefusal? Refusal);

    private View _view = new(null, DataRefusal.NotReady("this server has just started and opens its store; ask again in a moment"));
    private IActorRef _origin = ActorRefs.Nobody;

    /// <inheritdoc/>
    public DataRefusal? ReadRefusal => Volatile.Read(ref _view).Refusal;

    /// <inheritdoc/>
    public DataRead Get(ReadOnlySpan<byte> key)
    {
        var view = Volatile.Read(ref _view);
        if (view.Entries is not { } entries)
            return new DataRead(view.Refusal, null);
        throw new NotSupportedException(key.Length.ToString() + entries + time);
    }

    /// <inheritdoc/>
    public DataListing List(in DataRange range) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Write(DataWrite write, IDataWaiter waiter) => _origin.Tell(new OriginCommands.Write(write, waiter), ActorRefs.NoSender);

    /// <inheritdoc/>
    public void Listen(IDataListener listener) => _origin.Tell(new OriginCommands.Listen(listener), ActorRefs.NoSender);

    /// <summary>Says who takes the writes. Called once, before anything else.</summary>
    public void Bind(IActorRef origin) => _origin = origin;
}
