namespace ClusterActors.Actors.Tests;

public class NodeFolderSpecs
{
    [Theory]
    [InlineData("worker-1_a.b", "worker-1_a.b")]
    [InlineData("10.0.0.1:9292", "10.0.0.1%3A9292")]
    [InlineData("::", "%3A%3A")]
    [InlineData(".", "%2E")]
    [InlineData("..", ".%2E")]
    [InlineData("dot.", "dot%2E")]
    [InlineData("con", "%63on")]
    [InlineData("NUL.txt", "%4EUL.txt")]
    [InlineData("console", "console")]
    public void An_id_becomes_a_name_that_every_file_system_takes(string node, string name) => Assert.Equal(name, NodeFolder.NameOf(node));
}
