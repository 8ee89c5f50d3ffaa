namespace ClusterActors.Actors.Data;

/// <summary>
/// The entries of this worker, as business code sees them: keys of 1-1,024 bytes of UTF-8 and values of up to 1 MiB. Every member
/// may be used on any thread. Reads see committed entries only, and only while this worker may serve them.
/// </summary>
public interface IDataStore
{
    /// <summary>Why reads are not served at this moment; <see langword="null"/> while they are.</summary>
    DataRefusal? ReadRefusal { get; }

    /// <summary>Reads an entry. May wait for the disk, so not to be called on a loop.</summary>
    /// <returns>Neither entry nor refusal when there is no such entry, or it has expired.</returns>
    DataRead Get(ReadOnlySpan<byte> key);

    /// <summary>Lists keys in the order of their bytes. May wait for the disk, so not to be called on a loop.</summary>
    DataListing List(in DataRange range);

    /// <summary>
    /// Hands over a write. Returns at once: what is written is not read before the waiter is told. Writes that one thread hands
    /// over take effect in their order; conditions are judged behind all writes before them, the unacknowledged ones included.
    /// </summary>
    /// <param name="write">What to write; its memory is not changed until the waiter is told, and never by the store.</param>
    /// <param name="waiter">Is told the outcome exactly once, from any thread, maybe within this call.</param>
    void Write(DataWrite write, IDataWaiter waiter);

    /// <summary>Tells of every change from now on. To be called once, before the first client.</summary>
    void Listen(IDataListener listener);
}
