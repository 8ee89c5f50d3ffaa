using System.Net.WebSockets;
using ClusterActors.Client;
using ClusterActors.Protocol.Messages;
using ClusterActors.TestSupport;

namespace ClusterActors.Node.Tests.Processes;

/// <summary>Commands from the console to a manager to a worker, each of them a process of its own, while a client is served.</summary>
public static class CommandSpecs
{
    public sealed class AServerThatServes : IAsyncLifetime
    {
        private NodeProcess _manager = null!;
        private NodeProcess _worker = null!;
        private LoadClient _client = null!;

        public async Task InitializeAsync()
        {
            _manager = await NodeProcess.RunManagerAsync();
            _worker = await NodeProcess.RunWorkerAsync(
                "worker", [_manager.ClusterPort], "worker.execution=threads", "worker.threads=2", "worker.readerWriters=1");
            await Fleet.SeesAsync(_manager.Manager, "worker", ServerState.Up);
            _client = await LoadClient.OverWebSocketAsync(_worker.BusinessPorts[0], 0);
        }

        public async Task DisposeAsync()
        {
            await _client.DisposeAsync();
            await _worker.DisposeAsync();
            await _manager.DisposeAsync();
        }

        [Fact]
        public async Task Has_more_and_fewer_worker_threads()
        {
            await SaysAsync("worker threads 2 -> 5", "add-workers", "3");
            await Eventually.EqualsAsync(5, () => _worker.CountThreads("worker-thread-"), "worker threads");
            await SaysAsync("worker threads 5 -> 1", "remove-workers", "4");
            await Eventually.EqualsAsync(1, () => _worker.CountThreads("worker-thread-"), "worker threads");
            await RefusesAsync(FailureCode.OutOfRange, "the last one cannot be removed", "remove-workers", "1");
            await RefusesAsync(FailureCode.OutOfRange, "256", "add-workers", "1000");

            await ReportsAsync(report => report.WorkerCount == 1);
            await ClientIsServedAsync();
        }

        [Fact]
        public async Task Has_more_and_fewer_reader_writers()
        {
            await SaysAsync("reader-writers 1 -> 4", "add-reader-writers", "3");
            await Eventually.EqualsAsync(4, () => _worker.CountThreads("io-loop-"), "reader-writers");
            await SaysAsync("reader-writers 4 -> 1", "remove-reader-writers", "3");
            await Eventually.EqualsAsync(1, () => _worker.CountThreads("io-loop-"), "reader-writers");
            await RefusesAsync(FailureCode.OutOfRange, "the last one cannot be removed", "remove-reader-writers", "1");

            await ReportsAsync(report => report.ReaderWriterCount == 1);
            await ClientIsServedAsync();
        }

        [Fact]
        public async Task Opens_and_closes_ports_and_keeps_or_drains_their_clients()
        {
            var (kept, drained, first) = (FreePort.Next(), FreePort.Next(), _worker.BusinessPorts[0]);
            await SaysAsync($"ports {first} -> {first},{kept}", "open-port", $"{kept}");
            await SaysAsync($"ports {first},{kept} -> {first},{kept},{drained}", "open-port", $"{drained}");
            await RefusesAsync(FailureCode.PortInUse, $"port {kept} of this server is open already", "open-port", $"{kept}");
            await RefusesAsync(FailureCode.PortInUse, "in use", "open-port", $"{_manager.ClusterPort}");
            await ReportsAsync(report => report.Ports.SequenceEqual([first, kept, drained]));
            await using var stays = await LoadClient.OverWebSocketAsync(kept, 1);
            using var goes = new ClientWebSocket();
            await goes.ConnectAsync(new Uri($"ws://127.0.0.1:{drained}/"), CancellationToken.None);

            await SaysAsync($"ports {first},{kept},{drained} -> {first},{drained}", "close-port", $"{kept}");
            await SaysAsync($"ports {first},{drained} -> {first}", "close-port", $"{drained}", "--drain", "5");

            var told = await goes.ReceiveAsync(new byte[16].AsMemory(), CancellationToken.None);
            Assert.Equal((WebSocketMessageType.Close, WebSocketCloseStatus.EndpointUnavailable), (told.MessageType, goes.CloseStatus));
            await Assert.ThrowsAnyAsync<Exception>(() => LoadClient.OverWebSocketAsync(kept, 2));
            await RefusesAsync(FailureCode.OutOfRange, "last", "close-port", $"{first}");
            await stays.FinishAsync();
            await ClientIsServedAsync();
        }

        [Fact]
        public async Task Is_drained_and_takes_clients_again()
        {
            await DrainAsync(0, "draining, 1 client left", "drain", "worker");
            var refused = await Assert.ThrowsAsync<RequestRefusedException>(() => Fleet.AllocateAsync(_manager.Manager));
            Assert.Equal(FailureCode.NoCapacity, refused.Code);
            await Fleet.SeesAsync(_manager.Manager, "worker", ServerState.Draining);
            await DrainAsync(1, "1 client", "drain", "worker", "--wait", "--timeout", "1s");

            await DrainAsync(0, "takes clients again", "undrain", "worker");
            Assert.Equal("worker", (await Fleet.AllocateAsync(_manager.Manager)).Node);
            await ClientIsServedAsync();
        }

        [Fact]
        public async Task Executes_a_command_that_is_sent_again_once()
        {
            await using var operators = new ManagerClient([_manager.Manager]);
            var seq = CommandSeq.New();
            var first = await operators.CommandAsync("worker", new ServerCommand.AddThreads(1), seq, "alice");

            await using var others = new ManagerClient([_manager.Manager]);
            var again = await others.CommandAsync("worker", new ServerCommand.AddThreads(1), seq, "alice");

            Assert.Equal(("2", "3"), (first.Before, first.After));
            Assert.Equal(("2", "3"), (again.Before, again.After));
            await Eventually.EqualsAsync(3, () => _worker.CountThreads("worker-thread-"), "worker threads");
        }

        [Fact]
        public async Task Leaves_a_trail_at_every_hop()
        {
            await using var operators = new ManagerClient([_manager.Manager]);
            await operators.CommandAsync("worker", new ServerCommand.AddThreads(2), "trail-1", "alice@ops");
            await Assert.ThrowsAsync<RequestRefusedException>(
                () => operators.CommandAsync("worker", new ServerCommand.RemoveThreads(9), "trail-2", "alice@ops"));

            foreach (var hop in new[] { _manager, _worker })
            {
                await HasLoggedAsync(hop, "audit: add-workers 2", "worker", "alice@ops", "127.0.0.1", "trail-1", "2", "4", "ms");
                await HasLoggedAsync(hop, "audit: remove-workers 9", "worker", "alice@ops", "127.0.0.1", "trail-2", "out-of-range");
            }
        }

        [Fact]
        public async Task Says_why_when_a_server_is_unknown_paused_or_gone()
        {
            await RunAsync(1, FailureCode.UnknownNode, ["command", "nobody", "add-workers", "1"]);
            await SaysAsync("worker threads 2 -> 3", "add-workers", "1");

            _worker.Send(Signal.Stop);
            await RefusesAsync(FailureCode.Timeout, "seq", "add-workers", "1");
            _worker.Send(Signal.Continue);
            await Fleet.SeesAsync(_manager.Manager, "worker", ServerState.Up);

            _worker.Send(Signal.Kill);
            await Fleet.SeesAsync(_manager.Manager, "worker", ServerState.Unreachable);
            await RefusesAsync(FailureCode.Unreachable, "worker", "add-workers", "1");
        }

        private Task<string> SaysAsync(string line, params string[] command) => RunAsync(0, line, ["command", "worker", .. command]);

        private Task<string> DrainAsync(int exitCode, string line, params string[] command) => RunAsync(exitCode, line, command);

        private async Task RefusesAsync(string code, string words, params string[] command) =>
            Assert.Contains(words, await RunAsync(1, code, ["command", "worker", .. command]), StringComparison.Ordinal);

        private async Task<string> RunAsync(int exitCode, string words, IEnumerable<string> call)
        {
            await using var console = NodeProcess.Start([.. call, "--manager", _manager.Manager.ToString()]);
            var ended = await console.EndAsync();
            Assert.True(console.Output.Contains(words, StringComparison.Ordinal), $"\"{words}\" is not in: {console.Output}");
            Assert.Equal(exitCode, ended);
            return console.Output;
        }

        private Task ReportsAsync(Func<ServerReport, bool> expected) => Fleet.HoldsAsync(
            async () => expected((await Fleet.ViewAsync(_manager.Manager))!.Nodes.Single().Report), () => "the report says what the worker is by now");

        private Task ClientIsServedAsync()
        {
            Assert.Null(_client.Failure);
            return _client.FinishAsync();
        }

        private static Task HasLoggedAsync(NodeProcess node, params string[] words) => Eventually.HoldsAsync(
            () => node.Output.Split('\n').Any(line => words.All(word => line.Contains(word, StringComparison.Ordinal))),
            $"a line with {string.Join(", ", words)}");
    }

    public sealed class Changes
    {
        [Fact]
        public async Task Survive_a_restart_when_they_are_to_be_kept()
        {
            using var folder = new ScratchFolder();
            var (first, second) = (FreePort.Next(), FreePort.Next());
            await using var manager = await NodeProcess.RunManagerAsync();
            string[] settings =
                [$"port=[{first}]", "worker.keepChanges=on", $"dataDirectory=\"{folder.Path}\"", "worker.threads=2", "worker.readerWriters=1"];
            await using (var worker = await NodeProcess.RunWorkerAsync("worker", [manager.ClusterPort], settings))
            {
                await Fleet.SeesAsync(manager.Manager, "worker", ServerState.Up);
                await using var operators = new ManagerClient([manager.Manager]);
                await operators.CommandAsync("worker", new ServerCommand.AddThreads(3));
                await operators.CommandAsync("worker", new ServerCommand.AddReaderWriters(1));
                await operators.CommandAsync("worker", new ServerCommand.OpenPort(second));
                await operators.CommandAsync("worker", new ServerCommand.Drain(true));
                worker.Send(Signal.Kill);
                await worker.EndAsync();
            }

            await using var again = await NodeProcess.RunWorkerAsync("worker", [manager.ClusterPort], settings);

            Assert.Equal([first, second], again.BusinessPorts);
            await Eventually.EqualsAsync(5, () => again.CountThreads("worker-thread-"), "worker threads");
            await Eventually.EqualsAsync(2, () => again.CountThreads("io-loop-"), "reader-writers");
            await Fleet.SeesAsync(manager.Manager, "worker", ServerState.Up); // draining is of the moment
        }

        [Fact]
        public async Task Are_forgotten_otherwise_and_nothing_is_written()
        {
            using var folder = new ScratchFolder();
            await using var manager = await NodeProcess.RunManagerAsync();
            string[] settings = [$"dataDirectory=\"{folder.Path}\"", "worker.threads=2"];
            await using (var worker = await NodeProcess.RunWorkerAsync("worker", [manager.ClusterPort], settings))
            {
                await Fleet.SeesAsync(manager.Manager, "worker", ServerState.Up);
                await using var operators = new ManagerClient([manager.Manager]);
                await operators.CommandAsync("worker", new ServerCommand.AddThreads(3));
                worker.Send(Signal.Terminate);
                await worker.EndAsync();
            }

            await using var again = await NodeProcess.RunWorkerAsync("worker", [manager.ClusterPort], settings);

            await Eventually.EqualsAsync(2, () => again.CountThreads("worker-thread-"), "worker threads");
            Assert.Empty(Directory.GetFiles(folder.Path, "worker-changes*", SearchOption.AllDirectories));
        }
    }

    public sealed class AWholeFleet
    {
        [Fact]
        public async Task Is_commanded_at_once_by_any_manager()
        {
            var (one, other) = (FreePort.Next(), FreePort.Next());
            string[] voters = [$"clustersServer=[\"127.0.0.1:{one}\",\"127.0.0.1:{other}\"]", "authority.lease=2s"];
            await using var first = await NodeProcess.RunManagerAsync(["node=manager-1", $"clustersPort={one}", .. voters]);
            await using var both = await NodeProcess.RunAsync(["node=both", "port=[0]", $"clustersPort={other}", "worker.threads=2", .. voters]);
            await using var worker = await NodeProcess.RunWorkerAsync("worker", [one, other], ["worker.threads=2", .. voters]);
            foreach (var manager in new[] { first.Manager, both.Manager })
            {
                await Fleet.SeesAsync(manager, "worker", ServerState.Up);
                await Fleet.SeesAsync(manager, "both", ServerState.Up);
            }

            foreach (var (manager, expected) in new[] { (first.Manager, "2 -> 3"), (both.Manager, "3 -> 4") })
            {
                await using var console = NodeProcess.Start("command", "--all", "add-workers", "1", "--manager", manager.ToString());
                Assert.Equal(0, await console.EndAsync());
                await Eventually.EqualsAsync(2, () => console.Output.Split('\n').Count(line => line.Contains(expected, StringComparison.Ordinal)), "lines of result");
            }

            await Eventually.EqualsAsync(4, () => both.CountThreads("worker-thread-"), "worker threads of one");
            await Eventually.EqualsAsync(4, () => worker.CountThreads("worker-thread-"), "worker threads of the other");
        }
    }
}
