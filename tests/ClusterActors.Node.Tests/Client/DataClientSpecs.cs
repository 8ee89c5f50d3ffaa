using System.Text;
using ClusterActors.Client;
using ClusterActors.Protocol.Data;

namespace ClusterActors.Node.Tests.Client;

/// <summary>The client of handler <c>data</c> against a worker written from PROTOCOL.md section 8.</summary>
public class DataClientSpecs
{
    private static readonly EntryVersion Version = new(1, 1, 17);

    /// <summary>Plays a worker, and what a client does with it.</summary>
    private static async Task PlayAsync(Func<ScriptedConnection, Task> worker, Func<DataClient, Task> client)
    {
        await using var server = ScriptedServer.Start(async connection =>
        {
            await connection.AcceptAsync();
            await worker(connection);
        });
        await using var manager = ScriptedServer.Start(connection => Managers.Allocate(connection, server.Address));
        await using var managers = new ManagerClient([manager.Address]);
        await using (var data = new DataClient(await new FleetClient(managers).ConnectAsync()))
            await client(data);
        await server.PlayedAsync();
    }

    private static async Task AnswerAsync(ScriptedConnection connection, string request, string reply)
    {
        Assert.Equal((0x82, request), await connection.ReadFrameAsync());
        await connection.SendAsync(ScriptedConnection.Frame(0x82, Encoding.UTF8.GetBytes(reply)));
    }

    [Fact]
    public Task Entries_are_written_read_listed_and_removed() => PlayAsync(
        async connection =>
        {
            await AnswerAsync(connection, "op=put&seq=1&key=a%26b&if=none&expires=60\nvalue & more", "ok=1&seq=1&version=1.1.17&acks=one");
            await AnswerAsync(connection, "op=put&seq=2&key=k&if=1.1.17\n", "ok=1&seq=2&version=1.1.18&acks=most");
            await AnswerAsync(connection, "op=get&seq=3&key=k", "ok=1&seq=3&version=1.1.17\nline\nline");
            await AnswerAsync(connection, "op=get&seq=4&key=k", "ok=0&seq=4&code=not-found&msg=none");
            await AnswerAsync(connection, "op=list&seq=5&prefix=a&limit=100", "ok=1&seq=5&keys=a,b%252Cc&count=2&more=1");
            await AnswerAsync(connection, "op=list&seq=6&prefix=&after=b,c&limit=7", "ok=1&seq=6&keys=&count=0&more=0");
            await AnswerAsync(connection, "op=remove&seq=7&key=k&if=1.1.17", "ok=1&seq=7&version=1.1.19&acks=local");
            await AnswerAsync(connection, "op=remove&seq=8&key=k", "ok=0&seq=8&code=not-found&msg=none");
            await connection.FinishAsync();
        },
        async data =>
        {
            Assert.Equal(new DataWritten(Version, AckLevel.One), await data.PutAsync("a&b", "value & more", EntryCondition.Absent, TimeSpan.FromMinutes(1)));
            Assert.Null((await data.PutAsync("k", ReadOnlyMemory<byte>.Empty, EntryCondition.Of(Version))).Acks);
            Assert.Equal(("line\nline", Version), await data.GetAsync("k") is { } entry ? (entry.Text, entry.Version) : default);
            Assert.Null(await data.GetAsync("k"));
            var page = await data.ListAsync("a");
            Assert.Equal(["a", "b,c"], page.Keys);
            Assert.True(page.More);
            Assert.Empty((await data.ListAsync(after: "b,c", limit: 7)).Keys);
            Assert.Equal(AckLevel.Local, (await data.RemoveAsync("k", Version))?.Acks);
            Assert.Null(await data.RemoveAsync("k"));
        });

    [Fact]
    public Task Calls_do_not_wait_for_each_other() => PlayAsync(
        async connection =>
        {
            for (var i = 1; i <= 3; i++)
                Assert.Equal((0x82, $"op=get&seq={i}&key=k{i}"), await connection.ReadFrameAsync());
            for (var i = 1; i <= 3; i++)
                await connection.SendAsync(ScriptedConnection.Frame(0x82, Encoding.UTF8.GetBytes($"ok=1&seq={i}&version=1.1.{i}\n{i}")));
            await connection.FinishAsync();
        },
        async data =>
        {
            Task<StoredEntry?>[] reads = [data.GetAsync("k1"), data.GetAsync("k2"), data.GetAsync("k3")];
            Assert.Equal(["1", "2", "3"], (await Task.WhenAll(reads)).Select(entry => entry!.Text));
        });

    [Fact]
    public Task Pushes_come_beside_the_replies() => PlayAsync(
        async connection =>
        {
            await AnswerAsync(connection, "op=watch&seq=1&prefix=a/", "event=put&key=a/b&version=1.1.17\nx");
            await connection.SendTextAsync("ok=1&seq=1");
            await connection.SendTextAsync("event=expire&key=a/b&version=1.1.18");
            await AnswerAsync(connection, "op=watch&seq=2&key=k", "ok=1&seq=2");
            await AnswerAsync(connection, "op=unwatch&seq=3", "ok=1&seq=3");
            await connection.FinishAsync();
        },
        async data =>
        {
            await data.WatchPrefixAsync("a/");
            await data.WatchAsync("k");
            await data.UnwatchAsync();

            var put = await data.Pushes.ReadAsync();
            Assert.Equal((DataChangeKind.Put, "a/b", Version, "x"), (put.Kind, put.Key, put.Version, Encoding.UTF8.GetString(put.Value.Span)));
            Assert.Equal(DataChangeKind.Expire, (await data.Pushes.ReadAsync()).Kind);
        });

    [Fact]
    public Task What_is_refused_says_why() => PlayAsync(
        async connection =>
        {
            await AnswerAsync(connection, "op=put&seq=1&key=k&if=none\nv", "ok=0&seq=1&code=conflict&version=1.1.17&msg=it is there");
            await AnswerAsync(connection, "op=get&seq=2&key=k", "ok=0&seq=2&code=not-ready&msg=wait a moment.");
            await connection.FinishAsync();
        },
        async data =>
        {
            var conflict = await Assert.ThrowsAsync<DataRefusedException>(() => data.PutAsync("k", "v", EntryCondition.Absent));
            Assert.Equal((DataCode.Conflict, Version), (conflict.Code, conflict.Present));
            var refused = await Assert.ThrowsAsync<DataRefusedException>(() => data.GetAsync("k"));
            Assert.Equal($"The worker at {refused.Worker} refused (not-ready): wait a moment.", refused.Message);
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => data.PutAsync("k", "v", lifetime: TimeSpan.FromMilliseconds(1500)));
        });

    [Fact]
    public Task A_worker_that_closes_fails_what_waits_and_what_comes() => PlayAsync(
        async connection =>
        {
            Assert.Equal((0x82, "op=get&seq=1&key=a"), await connection.ReadFrameAsync());
            Assert.Equal((0x82, "op=get&seq=2&key=b"), await connection.ReadFrameAsync());
            await connection.SendAsync([0x88, 0x09, 0x03, 0xe9, .. "restart"u8]);
            await connection.ReadToEndAsync();
        },
        async data =>
        {
            Task<StoredEntry?>[] reads = [data.GetAsync("a"), data.GetAsync("b")];
            foreach (var read in reads)
                Assert.Contains("restart", (await Assert.ThrowsAsync<ConnectionLostException>(() => read)).Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<ConnectionLostException>(() => data.GetAsync("c"));
            Assert.IsType<ConnectionLostException>(await Record.ExceptionAsync(() => data.Pushes.Completion));
        });

    [Theory]
    [InlineData("ok=1&seq=2", "sent a reply with seq '2', which is not the next one due")]
    [InlineData("nonsense", "sent what cannot be read")]
    public Task A_worker_that_answers_wrongly_is_left(string reply, string reason) => PlayAsync(
        async connection =>
        {
            await connection.ReadFrameAsync();
            await connection.SendTextAsync(reply);
            await connection.ReadToEndAsync();
        },
        async data => Assert.Contains(
            reason, (await Assert.ThrowsAsync<ConnectionLostException>(() => data.GetAsync("a"))).Message, StringComparison.Ordinal));

    [Fact]
    public async Task Left_by_this_side_nothing_waits_for_ever()
    {
        Task<StoredEntry?>? read = null;
        await PlayAsync(
            async connection =>
            {
                await connection.ReadFrameAsync();
                await connection.ReadToEndAsync();
            },
            async data =>
            {
                read = data.GetAsync("a");
                using var cancelled = new CancellationTokenSource();
                var second = data.ListAsync(cancellation: cancelled.Token);
                await cancelled.CancelAsync();
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
            });

        await Assert.ThrowsAsync<ConnectionLostException>(() => read!);
    }

    [Fact]
    public Task Pushes_that_nobody_reads_end_the_connection() => PlayAsync(
        async connection =>
        {
            await connection.ReadFrameAsync();
            for (var i = 0; i <= DataClient.MostPushes; i++)
                await connection.SendTextAsync($"event=remove&key=k&version=1.1.{i}");
            await connection.ReadToEndAsync();
        },
        async data => Assert.Contains(
            "more pushes than were read", (await Assert.ThrowsAsync<ConnectionLostException>(() => data.WatchAsync("k"))).Message, StringComparison.Ordinal));
}
