using System.Net;
using ClusterActors.Actors.Data;
using ClusterActors.Actors.Worker;
using ClusterActors.Protocol.Data;

namespace ClusterActors.Actors.Tests.Data;

public sealed class WatchTableSpecs
{
    /// <summary>Counts what it is sent.</summary>
    private sealed class Client : IClient
    {
        private int _sent;

        public long Id => 1;

        public IPEndPoint Remote => new(IPAddress.Loopback, 1);

        public object? State { get; set; }

        public int Sent => Volatile.Read(ref _sent);

        public bool Send(MessageKind kind, ReadOnlySpan<byte> payload) => Interlocked.Increment(ref _sent) > 0;

        public void Close(string reason)
        {
        }

        public IDeferral Defer() => throw new InvalidOperationException();

        public void Postpone() => throw new InvalidOperationException();
    }

    private static void Change(WatchTable table, string key) =>
        table.Changed(new DataChange(DataChangeKind.Put, System.Text.Encoding.UTF8.GetBytes(key), "v"u8, new EntryVersion(1, 1, 1)));

    [Fact]
    public void Keys_and_prefixes_of_every_length_are_found()
    {
        var table = new WatchTable();
        var longest = new string('k', DataLimits.MaxKeyBytes);
        for (var length = 0; length <= DataLimits.MaxKeyBytes; length += 128)
        {
            var client = new Client();
            var watches = new ClientWatches(client, table);
            Assert.True(watches.TryAdd(System.Text.Encoding.UTF8.GetBytes(longest[..length]), isPrefix: true, MessageKind.Text));

            Change(table, longest);
            Change(table, longest[..length]);
            Change(table, $"x{longest[1..]}");

            Assert.Equal(length == 0 ? 3 : 2, client.Sent);
            watches.RemoveAll();
            Change(table, longest);
            Assert.Equal((length == 0 ? 3 : 2, 0), (client.Sent, table.Count));
        }
    }

    [Fact]
    public void A_key_is_no_prefix_and_a_prefix_is_no_key()
    {
        var table = new WatchTable();
        var (byKey, byPrefix) = (new Client(), new Client());
        new ClientWatches(byKey, table).TryAdd("ab"u8, isPrefix: false, MessageKind.Text);
        var prefix = new ClientWatches(byPrefix, table);
        prefix.TryAdd("ab"u8, isPrefix: true, MessageKind.Text);

        Change(table, "abc");
        Assert.Equal((0, 1), (byKey.Sent, byPrefix.Sent));
        prefix.Remove("ab"u8, isPrefix: false);
        Change(table, "ab");
        Assert.Equal((1, 2), (byKey.Sent, byPrefix.Sent));
    }

    [Fact]
    public async Task Who_watches_hears_of_every_change_while_others_come_and_go()
    {
        var table = new WatchTable();
        var stays = new Client();
        new ClientWatches(stays, table).TryAdd("k"u8, isPrefix: true, MessageKind.Text);
        var coming = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 3000; i++)
            {
                var watches = new ClientWatches(new Client(), table);
                watches.TryAdd("k"u8, isPrefix: i % 2 == 0, MessageKind.Text);
                watches.TryAdd("k"u8, isPrefix: true, MessageKind.Binary);
                watches.RemoveAll();
            }
        })).ToArray();

        var changes = 0;
        do
        {
            Change(table, "key");
            changes++;
        }
        while (!coming.All(task => task.IsCompleted));

        await Task.WhenAll(coming);
        Assert.Equal((changes, 1), (stays.Sent, table.Count));
    }
}
