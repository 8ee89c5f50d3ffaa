using System.Text.RegularExpressions;
using Akka.Actor;
using ClusterActors.Actors.Tests.Harness;
using ClusterActors.TestSupport;
using ClusterActors.Transport.Loops;

namespace ClusterActors.Actors.Tests;

/// <summary>What a node gives back: the threads and sockets of the process are looked at, so nothing else may run.</summary>
[Collection(AloneCollection.Name)]
public sealed partial class NothingLeftSpecs
{
    [Theory]
    [InlineData("epoll", "auto")]
    [InlineData("epoll", "threads")]
    [InlineData("sockets", "auto")]
    [InlineData("sockets", "threads")]
    public async Task No_thread_and_no_socket_outlives_a_node(string engine, string execution)
    {
        if (!OperatingSystem.IsLinux())
            return;
        await RunAsync(engine, execution);
        var sockets = Sockets();
        for (var round = 0; round < 3; round++)
            await RunAsync(engine, execution);

        await Eventually.EqualsAsync("", () => string.Join(' ', Threads()), "threads of nodes that have ended");
        await Eventually.HoldsAsync(() => Sockets() <= sockets, $"no more than {sockets} sockets");
    }

    [Fact]
    public async Task No_actor_outlives_its_connection()
    {
        using var manager = new ManagerStub();
        await using var node = await TestNode.StartWorkerAsync([manager.Port], "worker { handler = broadcast, readerWriters = 2, execution = threads }");
        using var link = await manager.LinkAsync();
        for (var i = 0; i < 30; i++)
        {
            using var client = i % 2 == 0 ? await FramePeer.OpenAsync(node.BusinessPort) : await FramePeer.UpgradeAsync(node.BusinessPort);
            await client.SendAsync(Wire.Masked("x"));
            await client.ReadTextAsync();
            if (i % 3 == 0)
                client.Tcp.Reset();
        }

        // The link to the manager is left.
        await Eventually.EqualsAsync(1, () => Connections(node.System), "actors of connections");
    }

    private static async Task RunAsync(string engine, string execution)
    {
        await using var node = await TestNode.StartAsync(
            $"connection.engine = {engine}, worker {{ handler = broadcast, readerWriters = 2, threads = 2, execution = {execution} }}");
        await Fleet.ShowsAsync(node.ClusterPort, "node-1", "up");
        using var stays = await FramePeer.OpenAsync(node.BusinessPort);
        for (var i = 0; i < 10; i++)
        {
            using var client = await FramePeer.OpenAsync(node.BusinessPort);
            await client.SendTextAsync("x");
            await client.ReadTextAsync();
        }
    }

    private static int Connections(ActorSystem system) => Enumerable.Range(0, 2 * IoActor.LanesPerLoop).Sum(lane =>
        ((LocalActorRef)((ExtendedActorSystem)system).Provider.ResolveActorRef($"akka://{system.Name}/user/io/lane-{lane}")).Children.Count());

    private static int Sockets() => Directory.GetFiles("/proc/self/fd").Count(file =>
    {
        try
        {
            return File.ResolveLinkTarget(file, returnFinalTarget: false)?.Name.StartsWith("socket:", StringComparison.Ordinal) == true;
        }
        catch (IOException)
        {
            // It was closed between the two looks.
            return false;
        }
    });

    private static IEnumerable<string> Threads() => Directory.GetDirectories("/proc/self/task").Select(task =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).TrimEnd();
        }
        catch (IOException)
        {
            // It ended between the two looks.
            return "";
        }
    }).Where(name => OursName().IsMatch(name));

    [GeneratedRegex("^(io-loop|worker-thread|accept)-")]
    private static partial Regex OursName();
}
