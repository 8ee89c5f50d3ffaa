using System.Globalization;

namespace ClusterActors.Node.Tests.Processes.Data;

/// <summary>What a crash leaves behind the last durable mark is cut, and that is all that is cut.</summary>
public sealed class TornTailSpecs(KilledStore store) : IClassFixture<KilledStore>
{
    public static TheoryData<string> Tails => ["garbage", "half a record", "zeros and then garbage"];

    [Theory]
    [MemberData(nameof(Tails))]
    public async Task A_torn_tail_is_cut_and_said_and_everything_acknowledged_is_there(string tail)
    {
        using var folder = store.Copy();
        var segment = StoredLog.In(folder.Path).Newest;
        var end = segment.End();
        var garbage = new byte[5000];
        new Random(5).NextBytes(garbage);
        switch (tail)
        {
            case "garbage":
                segment.Write(end, garbage);
                break;
            case "half a record":
                var (offset, length) = segment.Records().MaxBy(record => record.Length);
                segment.Write(end, (await File.ReadAllBytesAsync(segment.FilePath)).AsSpan(offset, length / 2));
                break;
            default:
                segment.Write(end + 4096, garbage);
                break;
        }

        await StartsWithEverythingAsync(folder, segment.FilePath, end.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_last_mark_that_did_not_reach_the_disk_is_not_missed()
    {
        using var folder = store.Copy();
        var segment = StoredLog.In(folder.Path).Newest;
        var (offset, length) = segment.Items()[^1];
        Assert.Equal(32, length);
        segment.Write(offset, new byte[length]);

        await StartsWithEverythingAsync(folder);
    }

    private async Task StartsWithEverythingAsync(ScratchFolder folder, params string[] words)
    {
        var history = store.History();
        await using var server = new DataServer(folder.Path);
        await server.StartAsync();

        await Readback.AssertAsync(server.Port, history, "r", server.Output);
        await server.SaysAsync(words);
        await using (var client = await DataClient.ConnectAsync(server.Port))
            Assert.True((await client.PutAsync("key", "value")).IsOk);

        // What was cut stays cut, also when the file is read again.
        await server.KillAsync();
        await server.StartAsync();
        await using var reader = await DataClient.ConnectAsync(server.Port);
        Assert.Equal("value", await reader.GetTextAsync("key"));
    }
}
