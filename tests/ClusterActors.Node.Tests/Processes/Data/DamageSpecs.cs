using System.Globalization;
using ClusterActors.TestSupport;

namespace ClusterActors.Node.Tests.Processes.Data;

/// <summary>A store that is not as it was written: nothing is served from what cannot be believed.</summary>
public sealed class DamageSpecs(KilledStore store) : IClassFixture<KilledStore>
{
    private const int StoreBroken = 4;

    [Fact]
    public async Task A_flipped_byte_in_the_log_ends_the_start_with_4_and_is_named_by_file_and_offset()
    {
        using var folder = store.Copy();
        var segment = StoredLog.In(folder.Path).Newest;
        var records = segment.Records();
        var (offset, length) = records[records.Count / 2];
        segment.Flip(offset + (length / 2));

        await IsBrokenAsync(folder, segment.FilePath, $"byte {offset.ToString(CultureInfo.InvariantCulture)}");
    }

    [Fact]
    public async Task A_flipped_byte_in_the_head_of_a_file_of_the_log_ends_the_start_with_4()
    {
        using var folder = store.Copy();
        var segment = StoredLog.In(folder.Path).Newest;
        segment.Flip(20);

        await IsBrokenAsync(folder, segment.FilePath, "byte 0");
    }

    [Fact]
    public async Task A_log_that_is_gone_ends_the_start_with_4()
    {
        using var folder = store.Copy();
        var log = Path.GetDirectoryName(StoredLog.In(folder.Path).Newest.FilePath)!;
        Directory.Delete(log, recursive: true);

        await IsBrokenAsync(folder, log);
    }

    [Fact]
    public async Task A_log_and_entries_that_are_gone_end_the_start_with_4_while_it_is_known_that_there_were_some()
    {
        using var folder = store.Copy();
        var origin = DataServer.OriginIn(folder.Path);
        Directory.Delete(Path.Combine(origin, "log"), recursive: true);
        Directory.Delete(Path.Combine(origin, "entries"), recursive: true);

        await IsBrokenAsync(folder, origin);
    }

    [Fact]
    public async Task A_damaged_origin_file_ends_the_start_with_4()
    {
        using var folder = store.Copy();
        var file = Path.Combine(DataServer.OriginIn(folder.Path), "origin.json");
        Harm.Flip(file, (int)new FileInfo(file).Length / 2);

        await IsBrokenAsync(folder, file);
    }

    [Fact]
    public async Task A_missing_origin_file_ends_the_start_with_4()
    {
        using var folder = store.Copy();
        var file = Path.Combine(DataServer.OriginIn(folder.Path), "origin.json");
        File.Delete(file);

        await IsBrokenAsync(folder, file);
    }

    [Theory]
    [InlineData("CURRENT")]
    [InlineData("MANIFEST-*")]
    public async Task Damaged_entries_end_the_start_with_4(string pattern)
    {
        using var folder = store.Copy();
        var entries = Path.Combine(DataServer.OriginIn(folder.Path), "entries");
        var file = Directory.EnumerateFiles(entries, pattern).Order(StringComparer.Ordinal).Last();
        Harm.Flip(file, (int)new FileInfo(file).Length / 2);

        await IsBrokenAsync(folder, entries);
    }

    [Fact]
    public async Task Entries_ahead_of_the_log_end_the_start_with_4()
    {
        using var folder = store.Copy();
        using var older = store.Copy();
        await using (var server = new DataServer(folder.Path))
        {
            await server.StartAsync();
            await using (var client = await DataClient.ConnectAsync(server.Port))
                Assert.True((await client.PutAsync("key", "value")).IsOk);
            await server.LeaveAsync();
        }

        var log = Path.GetDirectoryName(StoredLog.In(folder.Path).Newest.FilePath)!;
        Directory.Delete(log, recursive: true);
        Harm.Copy(Path.GetDirectoryName(StoredLog.In(older.Path).Newest.FilePath)!, log);

        await IsBrokenAsync(folder, log);
    }

    private static async Task IsBrokenAsync(ScratchFolder folder, params string[] words)
    {
        await using var server = new DataServer(folder.Path);
        server.Launch();

        Assert.Equal(StoreBroken, await server.EndAsync().WaitAsync(Eventually.Limit));
        await server.SaysAsync(words);
    }
}
