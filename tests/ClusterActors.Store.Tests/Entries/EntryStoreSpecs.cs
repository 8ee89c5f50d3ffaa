using ClusterActors.Store.Entries;
using ClusterActors.Store.Log;
using static ClusterActors.Store.Tests.Entries.EntryExamples;

namespace ClusterActors.Store.Tests.Entries;

public sealed class EntryStoreSpecs : IDisposable
{
    private readonly TemporaryFiles _files = new();
    private readonly string _directory;
    private EntryStore _store;

    public EntryStoreSpecs()
    {
        _directory = Path.Combine(_files.Root, "a", "entries");
        _store = EntryStore.Create(_directory, Options);
    }

    public void Dispose()
    {
        _store.Dispose();
        _files.Dispose();
    }

    private void Reopen()
    {
        _store.Dispose();
        _store = EntryStore.Open(_directory, Options);
    }

    /// <summary>What a crash leaves: the files as they are, without what is done to them when they are closed.</summary>
    private void Crash()
    {
        for (var attempt = 1; ; attempt++)
        {
            var copy = Path.Combine(_files.Root, $"crashed-{attempt}");
            Directory.CreateDirectory(copy);
            try
            {
                // The list of tables before the tables, which may still be replaced in the background: then once more.
                foreach (var file in Directory.GetFiles(_directory).OrderBy(file => file.EndsWith(".sst", StringComparison.Ordinal)))
                    File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
                var crashed = EntryStore.Open(copy, Options);
                _store.Dispose();
                _store = crashed;
                return;
            }
            catch (Exception failure) when (failure is EntriesDamagedException or FileNotFoundException && attempt < 1000)
            {
                // Once more.
            }
        }
    }

    private string? Value(string key) => _store.Get(Bytes(key)) is { } entry ? Text(entry.Value) : null;

    [Fact]
    public void A_new_one_is_empty() => Assert.Equal((LogPoint.Beginning, 0, null), (_store.Applied, All(_store).Length, Value("a")));

    [Fact]
    public void What_is_applied_is_found_with_its_version()
    {
        _store.Apply("a=1", "b=2@500");
        _store.Apply("a=3", "-b", "term", "c=");

        Assert.Equal(["a=3@0#3", "c=@0#6"], All(_store));
        Assert.Equal((Point(3), 0L), (_store.Get("a"u8)!.Version, _store.Get("a"u8)!.Expiry));
        Assert.Null(_store.Get("b"u8));
        Assert.Equal(0, _store.Get("c"u8)!.Value.Length);
        Assert.Equal(Point(6), _store.Applied);
    }

    [Fact]
    public void The_largest_entry_there_can_be_is_found()
    {
        var key = new byte[RecordLimits.MaxKeyBytes];
        var value = new byte[RecordLimits.MaxValueBytes];
        key.AsSpan().Fill(0xff);
        new Random(1).NextBytes(value);
        var writer = new GroupWriter(Term, 1);
        writer.Put(key, value, 9);
        _store.Apply(writer.Finish());

        Assert.Equal(value, _store.Get(key)!.Value.ToArray());
        Assert.Equal(key, Assert.Single(_store.List(key, default, 10, 10, 0).Names).Key.ToArray());
        Assert.Equal(key, Assert.Single(_store.Expired(9, 10)).Key.ToArray());
        Assert.Null(_store.Get(new byte[1025]));
        Assert.Null(_store.Get(default));
    }

    [Fact]
    public void Records_that_were_applied_are_left_out_and_a_gap_is_refused()
    {
        _store.Apply(Group(1, "a=1", "b=2"));
        _store.Apply(Group(1, "a=other", "b=other"));
        _store.Apply(Group(2, "b=other", "c=3"));

        Assert.Equal(["a=1@0#1", "b=2@0#2", "c=3@0#3"], All(_store));
        Assert.Equal(3, _store.Applied.Sequence);
        _store.Apply(Group(1, "a=other"));
        Assert.Equal(3, _store.Applied.Sequence);
        Assert.Throws<ArgumentException>(() => _store.Apply(Group(5, "a=9")));
        Assert.Equal(3, _store.Applied.Sequence);
    }

    [Fact]
    public void What_was_flushed_is_there_after_a_crash_and_what_was_not_is_gone_with_its_mark()
    {
        _store.Apply("a=1", "b=2");
        Assert.Equal(LogPoint.Beginning, _store.Flushed);
        Assert.Equal(Point(2), _store.Flush());
        _store.Apply("a=3", "c=4@7");
        Assert.Equal((Point(2), Point(4)), (_store.Flushed, _store.Applied));

        Crash();

        Assert.Equal((Point(2), Point(2)), (_store.Applied, _store.Flushed));
        Assert.Equal(["a=1@0#1", "b=2@0#2"], All(_store));
        _store.Apply(Group(1, "a=1", "b=2", "a=3", "c=4@7"));
        Assert.Equal(["a=3@0#3", "b=2@0#2", "c=4@7#4"], All(_store));
    }

    [Fact]
    public void However_much_is_written_the_mark_is_that_of_the_entries()
    {
        // Far more than the write buffers take, so that files are written meanwhile.
        var value = new string('v', 2000);
        for (var i = 0; i < 300; i++)
            _store.Apply([.. Enumerable.Range(0, 20).Select(n => $"key-{n}={i:D4}{value}")]);

        Crash();

        var applied = _store.Applied.Sequence;
        Assert.InRange(applied, 20, 6000);
        Assert.Equal(0, applied % 20);
        Assert.Equal(
            Enumerable.Range(0, 20).Select(n => $"{(applied / 20) - 1:D4}"),
            Enumerable.Range(0, 20).Select(n => Value($"key-{n}")![..4]));
    }

    [Fact]
    public void Keys_are_listed_by_prefix_in_the_order_of_their_bytes()
    {
        _store.Apply("b=", "a1=", "a=", "a2=", "a1x=", "é=", "c=");

        Assert.Equal(["a", "a1", "a1x", "a2"], _store.List("a"u8, default, 10, 1000, 0).Names.Keys());
        Assert.Equal(["a", "a1", "a1x", "a2", "b", "c", "é"], _store.List(default, default, 10, 1000, 0).Names.Keys());
        Assert.Equal(["a1x", "a2"], _store.List("a"u8, "a1"u8, 10, 1000, 0).Names.Keys());
        Assert.Equal(["a1x", "a2"], _store.List("a"u8, "a1a"u8, 10, 1000, 0).Names.Keys());
        Assert.Equal(["c"], _store.List("c"u8, "a"u8, 10, 1000, 0).Names.Keys());
        Assert.Empty(_store.List("a"u8, "b"u8, 10, 1000, 0).Names);
        Assert.Empty(_store.List("x"u8, default, 10, 1000, 0).Names);
        Assert.Equal(Point(2), _store.List("a1"u8, default, 1, 1000, 0).Names[0].Version);
    }

    [Theory]
    [InlineData(1, 1000)]
    [InlineData(3, 1000)]
    [InlineData(100, 1)]
    [InlineData(100, 20)]
    [InlineData(100, 1000)]
    public void Page_after_page_every_key_is_listed_once(int limit, int maxBytes)
    {
        _store.Apply([.. Enumerable.Range(10, 50).Select(n => $"key-{n}=")]);
        var keys = new List<string>();
        EntryPage page;
        var after = "";
        do
        {
            page = _store.List("key"u8, Bytes(after), limit, maxBytes, 0);
            Assert.InRange(page.Names.Count, 1, Math.Min(limit, Math.Max(1, maxBytes / "key-10".Length)));
            keys.AddRange(page.Names.Keys());
            after = keys[^1];
        }
        while (page.HasMore);

        Assert.Equal(Enumerable.Range(10, 50).Select(n => $"key-{n}"), keys);
    }

    [Fact]
    public void What_has_ended_is_not_listed_and_found_among_the_expired_the_longest_ended_first()
    {
        _store.Apply("a=@300", "b=@100", "c=", "d=@200");

        Assert.Equal(["a", "c", "d"], _store.List(default, default, 10, 1000, 199).Names.Keys());
        Assert.Equal(["a", "c"], _store.List(default, default, 10, 1000, 200).Names.Keys());
        Assert.Equal(["b", "d"], _store.Expired(299, 10).Keys());
        Assert.Equal(["b"], _store.Expired(long.MaxValue, 1).Keys());
        Assert.Equal((Point(2), 100L), (_store.Expired(100, 1)[0].Version, _store.Expired(100, 1)[0].Expiry));
        Assert.Equal(100, _store.NextExpiry());
    }

    [Fact]
    public void An_expiry_that_was_replaced_is_forgotten_in_the_same_group_and_in_later_ones_and_after_a_restart()
    {
        _store.Apply("a=@100", "b=@100", "c=@100", "c=@150", "d=@100", "-d", "d=@300");
        _store.Apply("a=@200", "b=");
        Assert.Equal(["c", "a", "d"], _store.Expired(long.MaxValue, 10).Keys());
        Assert.Equal(150, _store.NextExpiry());
        Reopen();

        _store.Apply("-a", "-c");

        Assert.Equal(["d"], _store.Expired(long.MaxValue, 10).Keys());
        Assert.Equal(300, _store.NextExpiry());
        _store.Apply("-d");
        Assert.Null(_store.NextExpiry());
    }

    [Fact]
    public void A_view_shows_what_was_whatever_is_applied_meanwhile()
    {
        _store.Apply("a=1", "b=2");
        using var view = _store.OpenView();
        var hash = view.HashNext(default, 10);

        _store.Apply("a=3", "-b", "c=4");

        Assert.Equal(Point(2), view.Applied);
        Assert.Equal(["a=1@0#1", "b=2@0#2"], All(view));
        Assert.Equal(hash, view.HashNext(default, 10));
        using var now = _store.OpenView();
        Assert.Equal(Point(5), now.Applied);
    }

    [Fact]
    public void A_checkpoint_is_a_store_of_its_own_with_its_mark()
    {
        _store.Apply("a=1", "b=2@7");
        var target = Path.Combine(_files.Root, "checkpoint");
        _store.Checkpoint(target);
        _store.Apply("a=3");

        using (var copy = EntryStore.Open(target, Options))
        {
            Assert.Equal(Point(2), copy.Applied);
            Assert.Equal(["a=1@0#1", "b=2@7#2"], All(copy));
            copy.Apply("x=9");
        }

        Assert.Equal(["a=3@0#3", "b=2@7#2"], All(_store));
        Assert.Throws<EntriesFailedException>(() => _store.Checkpoint(target));
    }

    [Fact]
    public void A_snapshot_that_is_streamed_gives_an_equal_store()
    {
        _store.Apply([.. Enumerable.Range(0, 200).Select(n => $"key-{n}={n}@{n * 5}")]);
        _store.Apply("-key-7", "key-8=eight");
        using var view = _store.OpenView();
        _store.Apply("key-9=later");

        using (var loading = EntryStore.Create(Path.Combine(_files.Root, "loaded"), Options))
        {
            var after = ReadOnlyMemory<byte>.Empty;
            while (view.Read(after.Span, 500) is { Count: > 0 } chunk)
            {
                loading.Load(chunk.Records);
                after = chunk.LastKey;
            }

            loading.FinishLoad(view.Applied);
            Assert.Throws<InvalidOperationException>(() => loading.FinishLoad(view.Applied));
        }

        using var loaded = EntryStore.Open(Path.Combine(_files.Root, "loaded"), Options);
        Assert.Equal((view.Applied, Point(202)), (loaded.Applied, loaded.Flushed));
        Assert.Equal(All(view), All(loaded));
        using var other = loaded.OpenView();
        Assert.Equal(view.HashNext(default, 1000), other.HashNext(default, 1000));
        loaded.Apply("key-5=", "-key-6");
        Assert.Equal(["key-1", "key-2", "key-3", "key-4", "key-9", "key-10"], loaded.Expired(50, 10).Keys());
    }

    [Fact]
    public void What_is_no_snapshot_is_not_taken_in()
    {
        Assert.Throws<ArgumentException>(() => _store.Load(Group(1, "-a").Bytes));
        Assert.Throws<ArgumentException>(() => _store.Load(Group(1, "a=1").Bytes[..^1]));
        _store.Apply("a=1");
        Assert.Throws<InvalidOperationException>(() => _store.Load(Group(1, "a=1").Bytes));
        Assert.Equal(["a=1@0#1"], All(_store));
    }

    [Fact]
    public void The_hash_of_a_range_depends_on_all_that_is_in_it_and_nothing_else()
    {
        _store.Apply([.. Enumerable.Range(10, 20).Select(n => $"k{n}={n}@5")]);
        using var before = _store.OpenView();
        var first = before.HashNext(default, 7);
        var second = before.HashNext(first.Through!.Value.Span, 7);
        var third = before.HashNext(second.Through!.Value.Span, 7);

        Assert.Equal(("k16", "k23", null), (Text(first.Through.Value), Text(second.Through.Value), (object?)third.Through));
        Assert.Equal((7, 7, 6), (first.Count, second.Count, third.Count));
        Assert.Equal(second.Hash, before.HashRange("k16"u8, second.Through).Hash);
        Assert.Equal(third, before.HashRange("k23"u8, null));

        foreach (var change in new[] { "k20=20@6", "k20=21@5", "k20=20@5", "-k20", "k20x=" })
        {
            _store.Apply(change);
            using var after = _store.OpenView();
            Assert.Equal(first.Hash, after.HashRange(default, first.Through).Hash);
            Assert.NotEqual(second.Hash, after.HashRange("k16"u8, second.Through).Hash);
            Assert.Equal(third, after.HashRange("k23"u8, null));
        }
    }

    [Fact]
    public async Task Reads_on_other_threads_end_well_when_the_store_is_closed()
    {
        _store.Apply([.. Enumerable.Range(0, 1000).Select(n => $"key-{n}={n}")]);
        var view = _store.OpenView();
        var reads = 0;
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            try
            {
                while (true)
                {
                    Assert.Equal("7", Value("key-7"));
                    Assert.Equal(1000, _store.List(default, default, 2000, int.MaxValue, 0).Names.Count);
                    Interlocked.Increment(ref reads);
                }
            }
            catch (ObjectDisposedException)
            {
                // As it should.
            }
        })).ToArray();
        await Eventually.HoldsAsync(() => Volatile.Read(ref reads) > 20, "reads");

        _store.Dispose();
        _store.Dispose();
        Assert.Equal(1000, All(view).Length);
        view.Dispose();

        await Task.WhenAll(readers).WaitAsync(Eventually.Limit);
        Assert.Throws<ObjectDisposedException>(() => _store.Get("a"u8));
        Assert.Throws<ObjectDisposedException>(() => _store.Apply("a=1"));
        Assert.Throws<ObjectDisposedException>(() => _store.Flush());
        Assert.Throws<ObjectDisposedException>(() => view.Read(default, 1));
        Assert.Throws<ObjectDisposedException>(_store.OpenView);
        EntryStore.Open(_directory, Options).Dispose();
    }
}
