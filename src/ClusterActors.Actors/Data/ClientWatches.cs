using ClusterActors.Actors.Worker;

namespace ClusterActors.Actors.Data;

/// <summary>What one client watches. Used within the calls of the handler for that client only.</summary>
internal sealed class ClientWatches(IClient client, WatchTable table)
{
    /// <summary>Most watches of one client.</summary>
    public const int Most = 100;

    private HashSet<byte[]>? _names;

    /// <summary>Begins to watch. A watch that is there already stays, and its pushes come in the kind of the newer request.</summary>
    /// <param name="name">A key, or what keys begin with.</param>
    /// <param name="isPrefix">Which of the two.</param>
    /// <param name="kind">How pushes are to come.</param>
    /// <returns>False when the client has as many watches as it may have.</returns>
    public bool TryAdd(ReadOnlySpan<byte> name, bool isPrefix, MessageKind kind)
    {
        _names ??= new HashSet<byte[]>(BytesComparer.Instance);
        var watched = WatchTable.NameOf(name, isPrefix);
        if (_names.Count >= Most && !_names.Contains(watched))
            return false;
        table.Add(watched, client, kind, isNew: _names.Add(watched));
        return true;
    }

    /// <summary>Ends a watch, if there is one.</summary>
    public void Remove(ReadOnlySpan<byte> name, bool isPrefix)
    {
        var watched = WatchTable.NameOf(name, isPrefix);
        if (_names?.Remove(watched) == true)
            table.Remove(watched, client);
    }

    /// <summary>Ends all watches.</summary>
    public void RemoveAll()
    {
        foreach (var watched in _names ?? [])
            table.Remove(watched, client);
        _names = null;
    }
}
