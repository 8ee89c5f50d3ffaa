using RocksDbSharp;

namespace ClusterActors.Store.Entries;

/// <summary>Walks through keys of RocksDB in their order. For one thread.</summary>
internal sealed class EntryCursor : IDisposable
{
    private readonly Rocks _rocks;
    private readonly Iterator _iterator;
    private readonly ReadOptions _options;
    private readonly bool _hasEntered;

    /// <summary>One over what is there now, which keeps it open.</summary>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public EntryCursor(Rocks rocks)
    {
        rocks.Enter();
        _hasEntered = true;
        _rocks = rocks;
        _options = new ReadOptions();
        _iterator = rocks.Iterate(_options);
    }

    /// <summary>One for somebody who keeps it open himself.</summary>
    /// <param name="rocks">The database.</param>
    /// <param name="options">How to read.</param>
    public EntryCursor(Rocks rocks, ReadOptions options)
    {
        _rocks = rocks;
        _options = options;
        _iterator = rocks.Iterate(options);
    }

    /// <summary>The key it is at, of RocksDB; until it moves.</summary>
    public ReadOnlySpan<byte> Key => _iterator.GetKeySpan();

    /// <summary>The stored bytes it is at; until it moves.</summary>
    public ReadOnlySpan<byte> Value => _iterator.GetValueSpan();

    /// <summary>Moves to the first key that is not smaller.</summary>
    /// <returns>Whether there is one that begins so.</returns>
    public bool Seek(ReadOnlySpan<byte> key, ReadOnlySpan<byte> prefix)
    {
        _iterator.Seek(key);
        return IsWithin(prefix);
    }

    /// <summary>Moves to the next key.</summary>
    /// <returns>Whether there is one that begins so.</returns>
    public bool Next(ReadOnlySpan<byte> prefix)
    {
        _iterator.Next();
        return IsWithin(prefix);
    }

    public void Dispose()
    {
        _iterator.Dispose();
        GC.KeepAlive(_options);
        if (_hasEntered)
            _rocks.Leave();
    }

    private bool IsWithin(ReadOnlySpan<byte> prefix) => _rocks.IsValid(_iterator) && Key.StartsWith(prefix);
}
