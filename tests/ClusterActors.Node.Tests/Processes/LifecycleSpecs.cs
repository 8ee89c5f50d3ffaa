using System.Net.WebSockets;
using ClusterActors.TestSupport;

namespace ClusterActors.Node.Tests.Processes;

/// <summary>How a node starts, ends, and says what is wrong.</summary>
public static class LifecycleSpecs
{
    public class Leaving
    {
        [Theory]
        [InlineData(Signal.Terminate)]
        [InlineData(Signal.Interrupt)]
        public async Task Closes_every_client_with_1001_and_ends_with_0(Signal signal)
        {
            await using var node = await NodeProcess.RunAsync("clustersSwitch=0", "port=[0]");
            using var client = new ClientWebSocket();
            using var limit = new CancellationTokenSource(Eventually.Limit);
            await client.ConnectAsync(new Uri($"ws://127.0.0.1:{node.BusinessPorts[0]}/"), limit.Token);

            node.Send(signal);

            var received = await client.ReceiveAsync(new byte[16].AsMemory(), limit.Token);
            Assert.Equal(WebSocketMessageType.Close, received.MessageType);
            Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, client.CloseStatus);
            await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
            Assert.Equal(0, await node.EndAsync());
        }
    }

    public class Starting
    {
        [Fact]
        public async Task Says_where_it_is_found_and_what_to_try_next()
        {
            await using var node = await NodeProcess.RunManagerAsync();

            Assert.Contains($"127.0.0.1:{node.ClusterPort}", node.Output, StringComparison.Ordinal);
            Assert.Contains($"status --manager 127.0.0.1:{node.ClusterPort}", node.Output, StringComparison.Ordinal);
        }

        [Fact]
        public async Task Ends_with_3_and_a_sentence_when_a_port_is_in_use()
        {
            await using var first = await NodeProcess.RunAsync("clustersSwitch=0", "port=[0]");
            await using var second = NodeProcess.Start("run", "--set", "clustersSwitch=0", "--set", $"port=[{first.BusinessPorts[0]}]");

            Assert.Equal(3, await second.EndAsync());
            await Eventually.HoldsAsync(
                () => second.Output.Contains($"cannot listen on 127.0.0.1:{first.BusinessPorts[0]}: the port is in use", StringComparison.Ordinal),
                "the sentence is written");
        }

        [Fact]
        public async Task Ends_with_2_and_names_every_mistake_of_the_configuration()
        {
            await using var node = NodeProcess.Start("run", "--set", "clustersRole=4", "--set", "prot=[1]");

            Assert.Equal(2, await node.EndAsync());
            await Eventually.HoldsAsync(
                () => node.Output.Contains("clustersRole", StringComparison.Ordinal) && node.Output.Contains("prot", StringComparison.Ordinal),
                "both mistakes are named");
        }

        [Fact]
        public async Task Ends_with_2_when_the_handler_does_not_exist()
        {
            await using var node = NodeProcess.Start("run", "--set", "worker.handler=\"No.Such, Thing\"");

            Assert.Equal(2, await node.EndAsync());
            await Eventually.HoldsAsync(() => node.Output.Contains("No.Such, Thing", StringComparison.Ordinal), "the handler is named");
        }

        [Fact]
        public async Task Takes_business_code_from_an_assembly_beside_the_program()
        {
            await using var node = await NodeProcess.RunAsync("clustersSwitch=0", "port=[0]", SleepingHandler.Setting);
            using var client = new ClientWebSocket();
            await client.ConnectAsync(new Uri($"ws://127.0.0.1:{node.BusinessPorts[0]}/"), CancellationToken.None);

            await client.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
            var buffer = new byte[16];
            var received = await client.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);

            Assert.Equal("hello"u8.ToArray(), buffer[..received.Count]);
        }

        [Fact]
        public async Task Ends_with_3_when_what_commands_changed_cannot_be_read()
        {
            using var folder = new ScratchFolder();
            var directory = Directory.CreateDirectory(Path.Combine(folder.Path, "w"));
            await File.WriteAllTextAsync(Path.Combine(directory.FullName, "worker-changes.json"), "{ \"threads\": 5000 }");
            await using var node = NodeProcess.Start(
                "run", "--set", "node=w", "--set", "port=[0]", "--set", "clustersPort=0", "--set", "worker.keepChanges=on", "--set", $"dataDirectory=\"{folder.Path}\"");

            Assert.Equal(3, await node.EndAsync());
            await Eventually.HoldsAsync(
                () => node.Output.Contains("threads = 5000; allowed is a whole number from 1 to 256", StringComparison.Ordinal), "the sentence is written");
        }

        [Fact]
        public async Task Warns_at_every_start_that_security_is_off()
        {
            await using var node = await NodeProcess.RunManagerAsync("security.insecure=on");

            Assert.Contains("security.insecure is on", node.Output, StringComparison.Ordinal);
        }
    }
}
