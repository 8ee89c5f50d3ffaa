using System.Collections.Concurrent;
using System.Collections.Immutable;
using ClusterActors.Actors.Worker;
using ClusterActors.Protocol.Data;

namespace ClusterActors.Actors.Data;

/// <summary>
/// Who watches what. Worker threads add and remove; the store's thread looks up every change. A change for nobody costs one look at a
/// number, any other at most one look-up for each length of prefix that somebody watches.
/// </summary>
internal sealed class WatchTable : IDataListener
{
    private const byte KeyMark = (byte)'=';
    private const byte PrefixMark = (byte)'*';

    private readonly ConcurrentDictionary<byte[], ImmutableDictionary<IClient, MessageKind>> _watchers = new(BytesComparer.Instance);

    // Watches of a prefix of each length, so that no length is looked up in vain.
    private readonly int[] _prefixes = new int[DataLimits.MaxKeyBytes + 1];
    private readonly List<ImmutableDictionary<IClient, MessageKind>> _found = [];
    private readonly HashSet<IClient> _told = [];
    private int _count;
    private volatile string? _ended;

    /// <summary>Watches of all clients.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The name by which a key or a prefix is kept.</summary>
    public static byte[] NameOf(ReadOnlySpan<byte> name, bool isPrefix) => [isPrefix ? PrefixMark : KeyMark, .. name];

    /// <summary>Adds a watch: whoever added it is told of every change that is told after the return.</summary>
    /// <param name="name">From <see cref="NameOf"/>.</param>
    /// <param name="client">Who watches.</param>
    /// <param name="kind">How pushes are to come.</param>
    /// <param name="isNew">Whether the client does not watch that yet.</param>
    public void Add(byte[] name, IClient client, MessageKind kind, bool isNew)
    {
        if (isNew)
        {
            // Before it can be found: a watch that is there and not counted would be missed.
            if (name[0] == PrefixMark)
                Interlocked.Increment(ref _prefixes[name.Length - 1]);
            Interlocked.Increment(ref _count);
        }

        _watchers.AddOrUpdate(
            name,
            static (_, watch) => ImmutableDictionary<IClient, MessageKind>.Empty.Add(watch.client, watch.kind),
            static (_, others, watch) => others.SetItem(watch.client, watch.kind),
            (client, kind));
        if (_ended is { } why)
            client.Close(why);
    }

    /// <summary>Removes a watch that was added.</summary>
    public void Remove(byte[] name, IClient client)
    {
        while (_watchers.TryGetValue(name, out var watchers))
        {
            var left = watchers.Remove(client);
            if (left.IsEmpty ? _watchers.TryRemove(new(name, watchers)) : _watchers.TryUpdate(name, left, watchers))
                break;
        }

        if (name[0] == PrefixMark)
            Interlocked.Decrement(ref _prefixes[name.Length - 1]);
        Interlocked.Decrement(ref _count);
    }

    /// <inheritdoc/>
    public void Changed(in DataChange change)
    {
        if (Count == 0)
            return;
        Find(change.Key);
        if (_found.Count > 0)
            Tell(change);
        _found.Clear();
        _told.Clear();
    }

    /// <inheritdoc/>
    public void Ended(string why)
    {
        _ended = why;
        foreach (var client in _watchers.Values.SelectMany(watchers => watchers.Keys).Distinct())
            client.Close(why);
    }

    private void Find(ReadOnlySpan<byte> key)
    {
        var watchers = _watchers.GetAlternateLookup<ReadOnlySpan<byte>>();
        Span<byte> name = stackalloc byte[1 + DataLimits.MaxKeyBytes];
        key.CopyTo(name[1..]);
        name[0] = KeyMark;
        if (watchers.TryGetValue(name[..(1 + key.Length)], out var exact))
            _found.Add(exact);
        name[0] = PrefixMark;
        for (var length = 0; length <= key.Length; length++)
        {
            if (Volatile.Read(ref _prefixes[length]) > 0 && watchers.TryGetValue(name[..(1 + length)], out var some))
                _found.Add(some);
        }
    }

    private void Tell(in DataChange change)
    {
        var fits = change.Kind != DataChangeKind.Put || DataReplyWriter.IsText(change.Value);
        byte[]? text = null, binary = null;
        foreach (var watchers in _found)
        {
            foreach (var (client, kind) in watchers)
            {
                // Once, even when several of its watches are meant.
                if (_found.Count > 1 && !_told.Add(client))
                    continue;
                if (kind == MessageKind.Text && fits)
                    client.Send(MessageKind.Text, text ??= Encode(change, isText: true));
                else
                    client.Send(MessageKind.Binary, binary ??= Encode(change, isText: false));
            }
        }
    }

    private static byte[] Encode(in DataChange change, bool isText)
    {
        var push = ReplyBuffer.Take();
        DataReplyWriter.WriteChange(push, change.Kind, change.Key, change.Version, change.Value, isText);
        return push.WrittenSpan.ToArray();
    }
}
