using System.Buffers;
using System.Text;
using System.Threading.Channels;
using ClusterActors.Protocol.Data;

namespace ClusterActors.Client;

/// <summary>
/// The data of one worker (PROTOCOL.md section 8), over a connection from <see cref="FleetClient"/>. Any thread may call, and calls need
/// not wait for each other; where one is to take effect behind another, await that first.
/// </summary>
public sealed class DataClient : IAsyncDisposable
{
    /// <summary>Pushes that may wait to be read: more of them and the connection is given up.</summary>
    public const int MostPushes = 10_000;

    private readonly DataTalk _talk;
    private readonly ServerAddress _worker;

    /// <summary>Talks over a connection, which is closed with this client and used by nobody else.</summary>
    /// <param name="connection">The connection.</param>
    public DataClient(WorkerConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _worker = connection.Allocation.Worker;
        _talk = new DataTalk(connection, MostPushes);
    }

    /// <summary>
    /// What watched keys went through, in the order of the versions. Is to be read while anything is watched; ends with
    /// <see cref="ConnectionLostException"/>.
    /// </summary>
    public ChannelReader<DataPush> Pushes => _talk.Pushes;

    /// <summary>Makes an entry, or replaces it.</summary>
    /// <param name="key">1-1,024 bytes of UTF-8.</param>
    /// <param name="value">Up to 1 MiB; the worker's limit of a message may leave a little less.</param>
    /// <param name="condition">What must be there.</param>
    /// <param name="lifetime">Whole seconds, 1 s to 10 years; <see langword="null"/>: until it is removed.</param>
    /// <param name="cancellation">Ends the wait; the write may be done nevertheless.</param>
    /// <exception cref="ArgumentOutOfRangeException">The life time is no whole number of seconds in that range.</exception>
    /// <exception cref="DataRefusedException">It was not done, or it is not known: see its code.</exception>
    /// <exception cref="ConnectionLostException">It is not known whether it was done.</exception>
    public async Task<DataWritten> PutAsync(
        string key,
        ReadOnlyMemory<byte> value,
        EntryCondition condition = default,
        TimeSpan? lifetime = null,
        CancellationToken cancellation = default)
    {
        var expires = Seconds(lifetime);
        return Written(await AskAsync((writer, seq) => DataRequestWriter.WritePut(writer, seq, key, value.Span, condition, expires), cancellation));
    }

    /// <summary>Makes an entry of text, or replaces it.</summary>
    /// <inheritdoc cref="PutAsync(string, ReadOnlyMemory{byte}, EntryCondition, TimeSpan?, CancellationToken)"/>
    public Task<DataWritten> PutAsync(
        string key,
        string value,
        EntryCondition condition = default,
        TimeSpan? lifetime = null,
        CancellationToken cancellation = default) =>
        PutAsync(key, Encoding.UTF8.GetBytes(value), condition, lifetime, cancellation);

    /// <summary>Reads an entry.</summary>
    /// <returns><see langword="null"/> when there is none.</returns>
    /// <exception cref="DataRefusedException">The worker may not serve it now.</exception>
    /// <exception cref="ConnectionLostException">The connection has ended.</exception>
    public async Task<StoredEntry?> GetAsync(string key, CancellationToken cancellation = default)
    {
        var reply = await AskAsync((writer, seq) => DataRequestWriter.WriteGet(writer, seq, key), cancellation, orNot: DataCode.NotFound);
        return reply.IsOk ? new StoredEntry(reply.Value, VersionOf(reply)) : null;
    }

    /// <summary>Removes an entry.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="version">Only if it is there in this version; <see langword="null"/>: in any.</param>
    /// <param name="cancellation">Ends the wait; the entry may be removed nevertheless.</param>
    /// <returns><see langword="null"/> when there is none.</returns>
    /// <exception cref="DataRefusedException">It was not done, or it is not known: see its code.</exception>
    /// <exception cref="ConnectionLostException">It is not known whether it was done.</exception>
    public async Task<DataWritten?> RemoveAsync(string key, EntryVersion? version = null, CancellationToken cancellation = default)
    {
        var condition = version is { } wanted ? EntryCondition.Of(wanted) : EntryCondition.Any;
        var reply = await AskAsync(
            (writer, seq) => DataRequestWriter.WriteRemove(writer, seq, key, condition), cancellation, orNot: DataCode.NotFound);
        return reply.IsOk ? Written(reply) : null;
    }

    /// <summary>Lists keys in the order of their bytes.</summary>
    /// <param name="prefix">What they begin with; empty for all.</param>
    /// <param name="after">Only keys behind this one; empty for the first.</param>
    /// <param name="limit">Most keys, 1-1,000.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="DataRefusedException">The worker may not serve them now.</exception>
    /// <exception cref="ConnectionLostException">The connection has ended.</exception>
    public async Task<KeyPage> ListAsync(
        string prefix = "", string after = "", int limit = DataLimits.DefaultListed, CancellationToken cancellation = default)
    {
        var reply = await AskAsync((writer, seq) => DataRequestWriter.WriteList(writer, seq, prefix, after, limit), cancellation);
        return new KeyPage(reply.Keys, reply.More);
    }

    /// <summary>Has changes of a key come as <see cref="Pushes"/>.</summary>
    /// <exception cref="DataRefusedException">There are too many watches, or the worker may not serve the data now.</exception>
    /// <exception cref="ConnectionLostException">The connection has ended.</exception>
    public Task WatchAsync(string key, CancellationToken cancellation = default) =>
        AskAsync((writer, seq) => DataRequestWriter.WriteWatch(writer, seq, key, isPrefix: false), cancellation);

    /// <summary>Has changes of all keys that begin with a prefix come as <see cref="Pushes"/>.</summary>
    /// <inheritdoc cref="WatchAsync"/>
    public Task WatchPrefixAsync(string prefix, CancellationToken cancellation = default) =>
        AskAsync((writer, seq) => DataRequestWriter.WriteWatch(writer, seq, prefix, isPrefix: true), cancellation);

    /// <summary>Ends all watches.</summary>
    /// <exception cref="ConnectionLostException">The connection has ended.</exception>
    public Task UnwatchAsync(CancellationToken cancellation = default) =>
        AskAsync((writer, seq) => DataRequestWriter.WriteUnwatch(writer, seq, null, isPrefix: false), cancellation);

    /// <summary>Closes the connection.</summary>
    public ValueTask DisposeAsync() => _talk.DisposeAsync();

    private static int Seconds(TimeSpan? lifetime)
    {
        if (lifetime is not { } life)
            return 0;
        if (life.Ticks % TimeSpan.TicksPerSecond != 0 || life.TotalSeconds is < 1 or > DataLimits.MaxExpirySeconds)
            throw new ArgumentOutOfRangeException(nameof(lifetime), life, $"A life time is a whole number of seconds from 1 to {DataLimits.MaxExpirySeconds}.");
        return (int)life.TotalSeconds;
    }

    private async Task<DataReply> AskAsync(
        Action<IBufferWriter<byte>, string> write, CancellationToken cancellation, string? orNot = null)
    {
        var reply = await _talk.AskAsync(write, cancellation);
        return reply.IsOk || (orNot is not null && reply.Code == orNot)
            ? reply
            : throw new DataRefusedException(_worker, reply.Code ?? "internal", reply.Msg ?? "it does not say why", reply.Version);
    }

    private DataWritten Written(DataReply reply) => new(VersionOf(reply), reply.Acks);

    private EntryVersion VersionOf(DataReply reply) =>
        reply.Version ?? throw new DataRefusedException(_worker, "internal", "its reply names no version", null);
}
