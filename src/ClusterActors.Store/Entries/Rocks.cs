using System.Text.RegularExpressions;
using ClusterActors.Store.Files;
using RocksDbSharp;

namespace ClusterActors.Store.Entries;

/// <summary>
/// A RocksDB that is closed when its owner and everyone who reads in it have left: a call into one that is closed would end the process.
/// What RocksDB says comes out as <see cref="EntriesDamagedException"/> or <see cref="EntriesFailedException"/>.
/// </summary>
internal sealed partial class Rocks
{
    private const int Closed = 1 << 30;

    private readonly string _directory;
    private readonly RocksDb _db;

    // RocksDB does not keep these alive by itself.
    private readonly DbOptions _options;
    private readonly BlockBasedTableOptions _table;
    private readonly WriteOptions _write = new WriteOptions().DisableWal(1);
    private readonly ReadOptions _read = new();
    private int _users = 1;

    private Rocks(string directory, RocksDb db, DbOptions options, BlockBasedTableOptions table)
    {
        _directory = directory;
        _db = db;
        _options = options;
        _table = table;
    }

    public static Rocks Open(string directory, EntriesOptions options, bool create)
    {
        // In parts, since a whole index or filter is larger than a shard of the cache: it would be read again for every key.
        var table = new BlockBasedTableOptions()
            .SetBlockCache(Cache.CreateLru((ulong)options.BlockCacheBytes))
            .SetCacheIndexAndFilterBlocks(true)
            .SetIndexType(BlockBasedTableIndexType.TwoLevelIndex)
            .SetFilterPolicy(BloomFilterPolicy.Create(10, false));
        Native.Instance.rocksdb_block_based_options_set_partition_filters(table.Handle, 1);
        Native.Instance.rocksdb_block_based_options_set_pin_top_level_index_and_filter(table.Handle, 1);
        var db = new DbOptions()
            .SetCreateIfMissing(create)
            .SetErrorIfExists(create)
            .SetParanoidChecks(true)
            .SetBlockBasedTableFactory(table)
            .SetCompression(Compression.Lz4)
            .SetWriteBufferSize((ulong)options.WriteBufferBytes)
            .SetMaxWriteBufferNumber(options.WriteBuffers)
            .SetMaxOpenFiles(options.MaxOpenFiles)
            .SetInfoLogLevel(InfoLogLevel.Warn)
            .SetMaxLogFileSize(1024 * 1024)
            .SetKeepLogFileNum(2)
            .SetStatsDumpPeriodSec(0);
        return new Rocks(directory, Run("open", directory, () => RocksDb.Open(db, directory)), db, table);
    }

    /// <summary>Keeps it open until <see cref="Leave"/>.</summary>
    /// <exception cref="ObjectDisposedException">It is closed to those who come.</exception>
    public void Enter()
    {
        int users;
        do
        {
            users = Volatile.Read(ref _users);
            ObjectDisposedException.ThrowIf((users & Closed) != 0, this);
        }
        while (Interlocked.CompareExchange(ref _users, users + 1, users) != users);
    }

    /// <summary>Closes it to all who come, and leaves.</summary>
    public void Close()
    {
        Interlocked.Or(ref _users, Closed);
        Leave();
    }

    /// <summary>After it was closed, the last who leaves lets go of it.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _users) != Closed)
            return;
        _db.Dispose();
        GC.KeepAlive(_options);
        GC.KeepAlive(_table);
    }

    /// <summary>The stored bytes of a key; <see langword="null"/> when it is not there.</summary>
    public byte[]? Get(ReadOnlySpan<byte> key, ReadOptions? options = null)
    {
        try
        {
            return _db.Get(key, null, options ?? _read);
        }
        catch (RocksDbException failure)
        {
            throw Translate("read", _directory, failure);
        }
    }

    public void Write(WriteBatch batch)
    {
        try
        {
            _db.Write(batch, _write);
        }
        catch (RocksDbException failure)
        {
            throw Translate("write", _directory, failure);
        }
    }

    public void Flush() => Run("flush", _directory, () => _db.Flush(new FlushOptions().SetWaitForFlush(true)));

    public void Verify() => Run("verify", _directory, () => Native.Instance.rocksdb_verify_checksum(_db.Handle));

    public void Checkpoint(string target) => Run("copy", _directory, () =>
    {
        using var checkpoint = _db.Checkpoint();
        checkpoint.Save(target, 0);
        DirectorySync.Sync(Path.GetDirectoryName(Path.GetFullPath(target))!);
    });

    public Snapshot CreateSnapshot() => _db.CreateSnapshot();

    public Iterator Iterate(ReadOptions options) => _db.NewIterator(null, options);

    /// <summary>Whether an iterator is at an entry. One that met damage is not, and would pass for one that is at its end.</summary>
    public bool IsValid(Iterator iterator)
    {
        if (iterator.Valid())
            return true;
        try
        {
            Native.Instance.rocksdb_iter_get_error(iterator.Handle);
            return false;
        }
        catch (RocksDbException failure)
        {
            throw Translate("read", _directory, failure);
        }
    }

    private static void Run(string operation, string directory, Action action) => Run(operation, directory, () =>
    {
        action();
        return true;
    });

    private static T Run<T>(string operation, string directory, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (RocksDbException failure)
        {
            throw Translate(operation, directory, failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new EntriesFailedException(operation, directory, failure);
        }
    }

    private static Exception Translate(string operation, string directory, RocksDbException failure)
    {
        var message = failure.Message;
        var isMissingFile = message.Contains("No such file", StringComparison.Ordinal) || message.Contains("does not exist", StringComparison.Ordinal);
        if (!isMissingFile && !message.Contains("Corruption", StringComparison.Ordinal))
            return new EntriesFailedException(operation, directory, failure);
        var file = FileName().Match(message);
        return new EntriesDamagedException(file.Success ? Path.Combine(directory, file.Value) : directory, message, failure);
    }

    // The first one named is the one that was read.
    [GeneratedRegex(@"\d+\.sst|MANIFEST-\d+|CURRENT")]
    private static partial Regex FileName();
}
