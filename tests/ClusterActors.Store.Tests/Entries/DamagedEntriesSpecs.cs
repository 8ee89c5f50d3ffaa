using ClusterActors.Store.Entries;
using static ClusterActors.Store.Tests.Entries.EntryExamples;

namespace ClusterActors.Store.Tests.Entries;

public sealed class DamagedEntriesSpecs : IDisposable
{
    private static readonly EntriesOptions Unverified = Options with { VerifyAtOpen = false };

    private readonly TemporaryFiles _files = new();
    private readonly string _directory;

    public DamagedEntriesSpecs()
    {
        _directory = Path.Combine(_files.Root, "entries");
        using var store = EntryStore.Create(_directory, Options);
        store.Apply([.. Enumerable.Range(0, 5000).Select(n => $"key-{n}={Guid.NewGuid()}")]);
        store.Flush();
    }

    public void Dispose() => _files.Dispose();

    private string FileOf(string pattern) => Directory.GetFiles(_directory, pattern).Single();

    private static void Flip(string file, double at)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[(int)(at * (bytes.Length - 1))] ^= 1;
        File.WriteAllBytes(file, bytes);
    }

    private void AssertDamaged(string file, string reason)
    {
        var damage = Assert.Throws<EntriesDamagedException>(() => EntryStore.Open(_directory, Options));

        Assert.Equal(file, damage.FilePath);
        Assert.Contains(reason, damage.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(1)]
    public void A_changed_byte_of_a_table_is_found_when_it_is_opened(double at)
    {
        var file = FileOf("*.sst");
        Flip(file, at);

        AssertDamaged(file, "Corruption");
    }

    [Fact]
    public void Without_verification_a_changed_byte_is_found_when_it_is_read_and_never_passes_for_an_end()
    {
        Flip(FileOf("*.sst"), 0.5);
        using var store = EntryStore.Open(_directory, Unverified);

        Assert.Throws<EntriesDamagedException>(() => All(store));
        Assert.Throws<EntriesDamagedException>(() => store.List(default, default, 10_000, int.MaxValue, 0));
        Assert.Throws<EntriesDamagedException>(store.Verify);
        Assert.Throws<EntriesDamagedException>(() =>
        {
            for (var n = 0; n < 5000; n++)
                Assert.NotNull(store.Get(Bytes($"key-{n}")));
        });
    }

    [Fact]
    public void A_table_that_is_gone_or_too_short_is_named()
    {
        var file = FileOf("*.sst");
        var bytes = File.ReadAllBytes(file);
        File.WriteAllBytes(file, bytes[..^10]);
        AssertDamaged(file, "size mismatch");

        File.Delete(file);
        AssertDamaged(file, "No such file");
    }

    [Fact]
    public void The_manifest_is_checked()
    {
        var file = FileOf("MANIFEST-*");
        Flip(file, 0.5);
        AssertDamaged(file, "checksum mismatch");

        File.Delete(file);
        AssertDamaged(file, "No such file");
    }

    [Fact]
    public void The_file_that_names_the_manifest_is_checked_and_nothing_new_is_begun_without_it()
    {
        var file = Path.Combine(_directory, "CURRENT");
        File.WriteAllText(file, "");
        AssertDamaged(file, "CURRENT file");

        File.Delete(file);
        AssertDamaged(file, "does not exist");
        Assert.Throws<InvalidOperationException>(() => EntryStore.Create(_directory, Options));
        Assert.True(EntryStore.Exists(_directory));
    }

    [Fact]
    public void Where_there_is_nothing_nothing_is_opened()
    {
        var directory = Path.Combine(_files.Root, "nothing");

        Assert.False(EntryStore.Exists(directory));
        Assert.Equal(directory, Assert.Throws<EntriesDamagedException>(() => EntryStore.Open(directory, Options)).FilePath);
    }

    [Fact]
    public void One_that_is_open_already_is_not_damaged()
    {
        using var store = EntryStore.Open(_directory, Options);

        var failure = Assert.Throws<EntriesFailedException>(() => EntryStore.Open(_directory, Options));
        Assert.Equal(("open", _directory), (failure.Operation, failure.DirectoryPath));
    }

    [Fact]
    public void A_directory_that_cannot_be_created_is_named() =>
        Assert.Throws<EntriesFailedException>(() => EntryStore.Create(Path.Combine(_files.Write("file", "x"), "entries"), Options));
}
