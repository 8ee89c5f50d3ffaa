using ClusterActors.Client;
using ClusterActors.Protocol.Messages;
using ClusterActors.TestSupport;

namespace ClusterActors.Node.Tests.Processes;

/// <summary>A manager and workers as real processes: the main job, and real failures.</summary>
public static class FleetSpecs
{
    public class AManagerAndTwoWorkers
    {
        [Fact]
        public async Task Send_clients_to_workers_that_serve_them_and_show_true_figures()
        {
            await using var manager = await NodeProcess.RunManagerAsync();
            await using var first = await NodeProcess.RunWorkerAsync("worker-1", [manager.ClusterPort]);
            await using var second = await NodeProcess.RunWorkerAsync("worker-2", [manager.ClusterPort], "worker.threads=3", "worker.maxClientCount=77");
            await Fleet.SeesAsync(manager.Manager, "worker-1", ServerState.Up);
            await Fleet.SeesAsync(manager.Manager, "worker-2", ServerState.Up);

            await using var managers = new ManagerClient([manager.Manager]);
            var clients = new List<WorkerConnection>();
            for (var i = 0; i < 20; i++)
                clients.Add(await new FleetClient(managers).ConnectAsync());
            foreach (var client in clients)
            {
                await client.SendAsync("hello");
                Assert.Equal("hello"u8.ToArray(), (await client.ReceiveAsync()).Payload.ToArray());
            }

            var byPort = clients.ToLookup(client => client.Allocation.Worker.Port);
            Assert.Equal(
                new[] { first.BusinessPorts[0], second.BusinessPorts[0] }.Order(),
                byPort.Select(port => port.Key).Order());

            // Claimed leases have become clients: nobody is counted twice, nobody is lost.
            await Fleet.HoldsAsync(
                async () => (await Fleet.ViewAsync(manager.Manager))!.Nodes.Sum(server => server.Report.ClientCount) == 20,
                () => "the reports show 20 clients");
            var report = (await Fleet.SeesAsync(manager.Manager, "worker-2", ServerState.Up)).Report;
            Assert.Equal(3, report.WorkerCount);
            Assert.Equal(77, report.MaxClientCount);
            Assert.Equal(second.BusinessPorts, report.Ports);
            Assert.Equal(2, report.AcceptorCount); // the business port and the cluster port
            Assert.Equal(Environment.ProcessorCount, report.CoreCount);
            Assert.InRange(report.ProcessMemory!.Value, 10_000_000, report.MemoryTotal!.Value);
            Assert.InRange(report.CpuUsage!.Value, 0, 100);
            Assert.True(report.ReaderWriterCount >= 1);

            foreach (var client in clients)
                await client.DisposeAsync();
        }

        [Fact]
        public async Task Lose_a_killed_worker_from_allocation_and_take_it_back_when_it_returns()
        {
            await using var manager = await NodeProcess.RunManagerAsync();
            await using var stays = await NodeProcess.RunWorkerAsync("stays", [manager.ClusterPort]);
            await using (var dies = await NodeProcess.RunWorkerAsync("dies", [manager.ClusterPort]))
            {
                await Fleet.SeesAsync(manager.Manager, "stays", ServerState.Up);
                await Fleet.SeesAsync(manager.Manager, "dies", ServerState.Up);
                dies.Send(Signal.Kill);
                await dies.EndAsync();
            }

            await Fleet.SeesAsync(manager.Manager, "dies", ServerState.Unreachable);
            for (var i = 0; i < 20; i++)
                Assert.Equal("stays", (await Fleet.AllocateAsync(manager.Manager)).Node);

            await using var again = await NodeProcess.RunWorkerAsync("dies", [manager.ClusterPort]);
            await Fleet.SeesAsync(manager.Manager, "dies", ServerState.Up);
            await Fleet.HoldsAsync(
                async () => (await Fleet.AllocateAsync(manager.Manager)).Node == "dies", () => "the returned worker is allocated to");
        }

        [Fact]
        public async Task Pass_over_a_worker_that_is_stopped_and_take_it_back_when_it_continues()
        {
            await using var manager = await NodeProcess.RunManagerAsync();
            await using var stays = await NodeProcess.RunWorkerAsync("stays", [manager.ClusterPort]);
            await using var pauses = await NodeProcess.RunWorkerAsync("pauses", [manager.ClusterPort]);
            await Fleet.SeesAsync(manager.Manager, "stays", ServerState.Up);
            await Fleet.SeesAsync(manager.Manager, "pauses", ServerState.Up);

            pauses.Send(Signal.Stop);
            await Fleet.SeesAsync(manager.Manager, "pauses", ServerState.Late);
            Assert.Equal("stays", (await Fleet.AllocateAsync(manager.Manager)).Node);

            pauses.Send(Signal.Continue);
            await Fleet.SeesAsync(manager.Manager, "pauses", ServerState.Up);
        }

        [Fact]
        public async Task Show_a_worker_that_left_as_gone()
        {
            await using var manager = await NodeProcess.RunManagerAsync();
            await using var leaves = await NodeProcess.RunWorkerAsync("leaves", [manager.ClusterPort]);
            await Fleet.SeesAsync(manager.Manager, "leaves", ServerState.Up);

            leaves.Send(Signal.Terminate);

            Assert.Equal(0, await leaves.EndAsync());
            await Fleet.SeesAsync(manager.Manager, "leaves", ServerState.Gone);
            var refused = await Assert.ThrowsAsync<RequestRefusedException>(() => Fleet.AllocateAsync(manager.Manager));
            Assert.Equal(FailureCode.NoCapacity, refused.Code);
        }
    }

    public class SeveralManagers
    {
        [Fact]
        public async Task Each_hold_the_whole_picture_and_are_found_again_after_a_restart()
        {
            var (one, other, witness) = (FreePort.Next(), FreePort.Next(), FreePort.Next());
            string[] voters = [$"clustersServer=[\"127.0.0.1:{one}\",\"127.0.0.1:{other}\"]", $"clustersWitness=[\"127.0.0.1:{witness}\"]", "authority.lease=2s"];
            using var folder = new ScratchFolder();
            string[] second = ["node=second", $"clustersPort={other}", $"dataDirectory=\"{folder.Path}\"", .. voters];
            await using var first = await NodeProcess.RunManagerAsync([$"clustersPort={one}", .. voters]);
            await using var worker = await NodeProcess.RunWorkerAsync("worker", [one, other], [$"clustersPort={witness}", .. voters]);
            await Fleet.SeesAsync(first.Manager, "worker", ServerState.Up);

            for (var start = 0; start < 2; start++)
            {
                await using var returns = await NodeProcess.RunManagerAsync(second);
                await Fleet.SeesAsync(returns.Manager, "worker", ServerState.Up);
                Assert.Equal("worker", (await Fleet.AllocateAsync(returns.Manager)).Node);
                returns.Send(Signal.Kill);
                await returns.EndAsync();
            }

            await Fleet.SeesAsync(first.Manager, "worker", ServerState.Up);
        }
    }

    public class ANodeThatIsBoth
    {
        [Fact]
        public async Task Reports_to_itself_and_is_allocated_to()
        {
            var port = FreePort.Next();
            await using var node = await NodeProcess.RunAsync("node=both", "port=[0]", $"clustersPort={port}", $"clustersServer=[\"127.0.0.1:{port}\"]");

            await Fleet.SeesAsync(node.Manager, "both", ServerState.Up);

            Assert.Equal(node.BusinessPorts[0], (await Fleet.AllocateAsync(node.Manager)).Worker.Port);
        }
    }
}
