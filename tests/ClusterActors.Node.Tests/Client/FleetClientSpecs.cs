using ClusterActors.Client;
using Microsoft.Extensions.Time.Testing;

namespace ClusterActors.Node.Tests.Client;

public class FleetClientSpecs
{
    [Fact]
    public async Task It_claims_the_lease_at_the_worker_and_exchanges_messages()
    {
        await using var worker = ScriptedServer.Start(async connection =>
        {
            var request = await connection.AcceptAsync();
            Assert.Equal("tok_1", request["Lease"]);
            Assert.Equal((0x81, "hello"), await connection.ReadFrameAsync());
            await connection.SendAsync([0x89, 0x00]);
            Assert.Equal((0x8a, ""), await connection.ReadFrameAsync());
            await connection.SendTextAsync("hello you");
            Assert.Equal([0x82, 0x02, 1, 2], await connection.ReadAsync(4));
            await connection.SendAsync([0x82, 0x01, 3]);
            await connection.FinishAsync();
        });
        await using var manager = ScriptedServer.Start(connection => Managers.Allocate(connection, worker.Address));
        await using var managers = new ManagerClient([manager.Address]);

        await using (var connection = await new FleetClient(managers).ConnectAsync())
        {
            Assert.Equal("alpha", connection.Allocation.Node);
            await connection.SendAsync("hello");
            var text = await connection.ReceiveAsync();
            Assert.Equal((true, "hello you"), (text.IsText, text.Text));
            await connection.SendAsync(new byte[] { 1, 2 });
            var binary = await connection.ReceiveAsync();
            Assert.False(binary.IsText);
            Assert.Equal([3], binary.Payload.ToArray());
        }

        await worker.PlayedAsync();
    }

    [Fact]
    public async Task A_worker_that_cannot_be_reached_is_named()
    {
        var nobody = ScriptedServer.Nobody();
        await using var manager = ScriptedServer.Start(connection => Managers.Allocate(connection, nobody));
        await using var managers = new ManagerClient([manager.Address]);

        var failure = await Assert.ThrowsAsync<WorkerUnreachableException>(() => new FleetClient(managers).ConnectAsync());

        Assert.Equal(nobody, failure.Worker);
        Assert.Equal($"The worker at {nobody} refuses connections (is the server running, and is this its port?).", failure.Message);
    }

    [Fact]
    public async Task A_worker_that_is_full_says_so()
    {
        await using var worker = ScriptedServer.Start(async connection =>
        {
            await connection.ReadHandshakeAsync();
            await connection.SendAsync([.. "CshBBrain\r\nError:the server is full\r\n"u8]);
        });
        await using var manager = ScriptedServer.Start(connection => Managers.Allocate(connection, worker.Address));
        await using var managers = new ManagerClient([manager.Address]);

        var failure = await Assert.ThrowsAsync<WorkerUnreachableException>(() => new FleetClient(managers).ConnectAsync());

        Assert.EndsWith("did not accept the handshake: refused by the far end: the server is full.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_hangs_does_not_hang_the_client()
    {
        var time = new FakeTimeProvider();
        var settings = new ClientSettings { HandshakeTimeout = TimeSpan.FromSeconds(60) };
        await using var worker = ScriptedServer.Start(async connection =>
        {
            await connection.ReadHandshakeAsync();
            time.Advance(settings.Timeout);
            await connection.ReadToEndAsync();
        });
        await using var manager = ScriptedServer.Start(connection => Managers.Allocate(connection, worker.Address));
        await using var managers = new ManagerClient([manager.Address], settings, time);

        var failure = await Assert.ThrowsAsync<WorkerUnreachableException>(() => new FleetClient(managers, settings, time).ConnectAsync());

        Assert.Equal($"The worker at {worker.Address} did not answer within 5 s.", failure.Message);
    }

    [Fact]
    public async Task A_connection_that_the_worker_ends_is_lost_with_its_reason()
    {
        await using var worker = ScriptedServer.Start(async connection =>
        {
            await connection.AcceptAsync();
            await connection.SendAsync([0x88, 0x09, 0x03, 0xe9, .. "restart"u8]);
            Assert.Equal([0x88, 0x00], await connection.ReadToEndAsync());
        });
        await using var manager = ScriptedServer.Start(connection => Managers.Allocate(connection, worker.Address));
        await using var managers = new ManagerClient([manager.Address]);
        await using var connection = await new FleetClient(managers).ConnectAsync();

        var lost = await Assert.ThrowsAsync<ConnectionLostException>(() => connection.ReceiveAsync());
        await connection.DisposeAsync();
        await worker.PlayedAsync();

        Assert.Equal($"The worker at {worker.Address} closed the connection with code 1001: restart.", lost.Message);
    }
}
