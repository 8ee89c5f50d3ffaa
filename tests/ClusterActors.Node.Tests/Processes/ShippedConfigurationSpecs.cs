using ClusterActors.TestSupport;

namespace ClusterActors.Node.Tests.Processes;

/// <summary>Every file in hocon/ starts a node that gets ready, on ports that are free here.</summary>
public class ShippedConfigurationSpecs
{
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Path.Combine(NodeProcess.Root, "hocon"), "*.hocon").Select(file => Path.GetFileName(file)).Order()];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Starts_a_node(string file)
    {
        var cluster = FreePort.Next();
        await using var node = NodeProcess.Start(
            "run", "--config", $"hocon/{file}", "--set", "port=[0]", "--set", $"clustersPort={cluster}");

        await NodeProcess.ReadyAsync(node);
        node.Send(Signal.Terminate);

        Assert.Equal(0, await node.EndAsync());
    }
}
