using System.Collections.Immutable;
using Akka.Actor;
using ClusterActors.Actors.Data;
using ClusterActors.Store.Entries;

namespace ClusterActors.Actors.Backup;

/// <summary>
/// The store of a worker as business code sees it: reads go to the committed entries on the caller's own thread, writes to the
/// <see cref="OriginActor"/>. Before that has opened the store, and after it has closed it, everything is refused.
/// </summary>
/// <param name="time">Clock of expiry.</param>
internal sealed class OriginStore(TimeProvider time) : IDataStore
{
    private sealed record View(EntryStore? Entries, DataRefusal? Refusal);

    private static readonly DataRefusal NotYet = DataRefusal.NotReady("this server has just started and opens its store; ask again in a moment");
    private static readonly DataRefusal NoMore = DataRefusal.NotReady("this server is leaving; connect to another one");

    private View _view = new(null, NotYet);
    private IActorRef _origin = ActorRefs.Nobody;
    private ImmutableList<IDataListener> _listeners = [];

    /// <inheritdoc/>
    public DataRefusal? ReadRefusal => Volatile.Read(ref _view).Refusal;

    /// <summary>Who hears of changes.</summary>
    public ImmutableList<IDataListener> Listeners => Volatile.Read(ref _listeners);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <inheritdoc/>
    public DataRead Get(ReadOnlySpan<byte> key)
    {
        var view = Volatile.Read(ref _view);
        if (view.Entries is not { } entries)
            return new DataRead(view.Refusal, null);
        try
        {
            return entries.Get(key) is { } entry && (entry.Expiry == 0 || entry.Expiry > Now)
                ? new DataRead(null, new DataEntry(entry.Value, WriteGroup.VersionOf(entry.Version)))
                : default;
        }
        catch (Exception failure) when (Explain(failure) is { } refusal)
        {
            return new DataRead(refusal, null);
        }
    }

    /// <inheritdoc/>
    public DataListing List(in DataRange range)
    {
        var view = Volatile.Read(ref _view);
        if (view.Entries is not { } entries)
            return new DataListing(view.Refusal, [], false);
        try
        {
            var page = entries.List(range.Prefix, range.After, range.Limit, range.MaxBytes, Now);
            return new DataListing(null, [.. page.Names.Select(name => name.Key)], page.HasMore);
        }
        catch (Exception failure) when (Explain(failure) is { } refusal)
        {
            return new DataListing(refusal, [], false);
        }
    }

    /// <inheritdoc/>
    public void Write(DataWrite write, IDataWaiter waiter)
    {
        var view = Volatile.Read(ref _view);
        if (view.Entries is null)
            waiter.Told(DataOutcome.Refused(view.Refusal!));
        else
            _origin.Tell(new OriginCommands.Write(write, waiter), ActorRefs.NoSender);
    }

    /// <inheritdoc/>
    public void Listen(IDataListener listener) => ImmutableInterlocked.Update(ref _listeners, listeners => listeners.Add(listener));

    /// <summary>Says who takes the writes; called before <see cref="Serve"/>.</summary>
    public void Bind(IActorRef origin) => _origin = origin;

    /// <summary>The store is open: entries can be read and written from now on.</summary>
    public void Serve(EntryStore entries) => Volatile.Write(ref _view, new View(entries, null));

    /// <summary>Nothing is served any more.</summary>
    public void Close() => Volatile.Write(ref _view, new View(null, NoMore));

    private DataRefusal? Explain(Exception failure)
    {
        if (failure is EntriesDamagedException damage)
        {
            // What is damaged is never served; nor is anything else from there on.
            _origin.Tell(new OriginCommands.Break(damage.Message), ActorRefs.NoSender);
            return DataRefusal.NotReady($"the store of this server is broken: {damage.Message}");
        }

        return failure is ObjectDisposedException ? NoMore : null;
    }
}
