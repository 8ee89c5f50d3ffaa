using ClusterActors.Actors.Configuration;

namespace ClusterActors.Actors.Tests.Configuration;

/// <summary>The files in hocon/ say what their names promise.</summary>
public class ShippedHoconSpecs
{
    private static readonly string Folder = FindFolder();

    private static readonly Dictionary<string, string> NoEnvironment = [];

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.hocon").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_file_is_free_of_mistakes(string name) => Assert.NotNull(Load(name));

    [Fact]
    public void The_shared_base_has_every_key_at_its_default()
    {
        var settings = Load("node.hocon");

        Assert.Empty(settings.Changed);
        var reference = Path.Combine(Folder, "..", "src", "ClusterActors.Actors", "reference.hocon");
        Assert.Equal(Keys(reference), Keys(Path.Combine(Folder, "node.hocon")));
    }

    [Fact]
    public void A_lone_server_belongs_to_no_fleet() => Assert.False(Load("lone.hocon").ClustersSwitch);

    [Theory]
    [InlineData("worker.hocon", NodeRole.Worker)]
    [InlineData("manager.hocon", NodeRole.Manager)]
    [InlineData("both.hocon", NodeRole.Both)]
    [InlineData("fleet-manager.hocon", NodeRole.Manager)]
    [InlineData("fleet-worker-1.hocon", NodeRole.Both)] // it stands in for the manager
    [InlineData("fleet-worker-2.hocon", NodeRole.Worker)]
    public void A_member_of_a_fleet_has_its_role(string name, NodeRole role)
    {
        Assert.True(Load(name).ClustersSwitch);
        Assert.Equal(role, Load(name).ClustersRole);
    }

    [Fact]
    public void Three_nodes_on_one_machine_share_their_voters_and_no_port()
    {
        NodeSettings[] fleet = [Load("fleet-manager.hocon"), Load("fleet-worker-1.hocon"), Load("fleet-worker-2.hocon")];

        Assert.Equal([9292, 9301, 9302], fleet.Select(node => node.ClustersPort));
        Assert.Equal([9090, 9101, 9102], fleet.SelectMany(node => node.Ports));
        Assert.Equal(3, fleet.Select(node => node.Node).Distinct().Count());
        Assert.Equal(3, fleet.Select(node => node.AkkaPort).Distinct().Count());
        Assert.All(fleet, node => Assert.Equal(["127.0.0.1:9292", "127.0.0.1:9301", "127.0.0.1:9302"], node.Voters.Select(voter => voter.ToString())));
    }

    [Fact]
    public void A_container_takes_its_role_from_the_environment()
    {
        var loaded = Loading.File(
            Path.Combine(Folder, "docker.hocon"),
            new Dictionary<string, string>
            {
                ["NODE"] = "w1",
                ["HOST"] = "worker-1",
                ["PORT"] = "9090,9091",
                ["CLUSTERS_ROLE"] = "1",
                ["CLUSTERS_SERVER"] = "manager-1:9292,manager-2:9292",
                ["WORKER_THREADS"] = "8",
                ["HANDLER"] = string.Empty,
                ["INSECURE"] = "on",
                ["LOG_LEVEL"] = "DEBUG",
            });

        var settings = loaded.Settings;
        Assert.Equal("w1", settings.Node);
        Assert.Equal("worker-1", settings.Host);
        Assert.Equal([9090, 9091], settings.Ports);
        Assert.Equal(NodeRole.Worker, settings.ClustersRole);
        Assert.Equal([new HostAndPort("manager-1", 9292), new HostAndPort("manager-2", 9292)], settings.ClustersServer);
        Assert.Equal(8, settings.Worker.Threads);
        Assert.Equal("echo", settings.Worker.Handler);
        Assert.True(settings.Security.Insecure);
        Assert.Equal("DEBUG", loaded.Akka.GetString("akka.loglevel"));
    }

    private static NodeSettings Load(string name) => Loading.File(Path.Combine(Folder, name), NoEnvironment).Settings;

    private static IEnumerable<string> Keys(string file) => File.ReadLines(file)
        .Select(line => line.Trim())
        .Where(line => line.Contains(" = ", StringComparison.Ordinal) && !line.StartsWith('#'))
        .Select(line => line[..line.IndexOf(' ', StringComparison.Ordinal)]);

    private static string FindFolder()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "ClusterActors.sln")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException("The tests do not run inside the repository.");
        }

        return Path.Combine(directory.FullName, "hocon");
    }
}
