using System.Text;
using ClusterActors.Actors.Data;
using ClusterActors.Actors.Tests.Harness;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests.Data;

/// <summary>A worker that serves business data from a store in memory.</summary>
internal sealed class DataNode : IAsyncDisposable
{
    private readonly TestNode _node;

    private DataNode(TestNode node, MemoryStore store)
    {
        _node = node;
        Store = store;
    }

    public MemoryStore Store { get; }

    public TestNode Node => _node;

    public static async Task<DataNode> StartAsync(string hocon = "")
    {
        var store = new MemoryStore();
        return new DataNode(
            await TestNode.StartAsync($"clustersSwitch = 0, worker {{ readerWriters = 2, threads = 2 }}\n{hocon}", new DataHandler(store)), store);
    }

    public Task<FramePeer> OpenAsync(int receiveBuffer = 0) => FramePeer.OpenAsync(_node.BusinessPort, receiveBuffer: receiveBuffer);

    /// <summary>Waits until the store has so many writes that are not committed.</summary>
    public Task HasUncommittedAsync(int count) => Eventually.EqualsAsync(count, () => Store.Uncommitted, "writes not committed");

    /// <summary>A binary message.</summary>
    public static byte[] Binary(string head, ReadOnlySpan<byte> value) =>
        Wire.Frame(Wire.BinaryOpcode, [.. Encoding.UTF8.GetBytes($"{head}\n"), .. value]);

    public async ValueTask DisposeAsync() => await _node.DisposeAsync();
}
