using ClusterActors.TestSupport;

namespace ClusterActors.Node.Tests.Processes.Data;

/// <summary>A data directory that cannot be used: the node ends with a sentence, and nothing is touched.</summary>
public sealed class UnusableDirectorySpecs : IDisposable
{
    private const int NotUsable = 3;

    private readonly ScratchFolder _folder = new();

    [Fact]
    public async Task A_data_directory_that_is_a_file_ends_the_start_with_3()
    {
        var file = Path.Combine(_folder.Path, "file");
        await File.WriteAllTextAsync(file, "not a directory");
        await using var server = new DataServer(file);
        server.Launch();

        Assert.Equal(NotUsable, await server.EndAsync());
        await server.SaysAsync(file, "(dataDirectory)");
    }

    [Fact]
    public async Task A_store_that_is_a_file_ends_the_start_and_is_named()
    {
        var store = DataServer.OriginIn(_folder.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(store)!);
        await File.WriteAllTextAsync(store, "not a directory");
        await using var server = new DataServer(_folder.Path);
        server.Launch();

        Assert.InRange(await server.EndAsync(), NotUsable, NotUsable + 1);
        await server.SaysAsync(store);
    }

    [SkippableFact]
    public async Task A_data_directory_that_is_read_only_ends_the_start_with_a_sentence()
    {
        Skip.If(await SmallDisk.WhyNotAsync() is not null, await SmallDisk.WhyNotAsync());
        using var disk = await SmallDisk.MountAsync(1);
        await disk.MakeReadOnlyAsync();
        await using var server = new DataServer(disk.Path) { Outer = disk.Within };
        server.Launch();

        Assert.InRange(await server.EndAsync(), NotUsable, NotUsable + 1);
        await server.SaysAsync(disk.Path, "ead-only file system");
    }

    [Fact]
    public async Task A_second_node_of_the_same_name_and_directory_ends_with_3_and_the_first_goes_on()
    {
        await using var first = new DataServer(_folder.Path);
        await first.StartAsync();
        await using var client = await DataClient.ConnectAsync(first.Port);
        Assert.True((await client.PutAsync("key", "value")).IsOk);
        await using var second = new DataServer(_folder.Path);
        second.Launch();

        Assert.Equal(NotUsable, await second.EndAsync().WaitAsync(Eventually.Limit));
        await second.SaysAsync(_folder.Path);
        Assert.True((await client.PutAsync("key", "newer")).IsOk);
        Assert.Equal("newer", await client.GetTextAsync("key"));
    }

    public void Dispose() => _folder.Dispose();
}
