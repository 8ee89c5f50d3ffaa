using ClusterActors.Architecture.Tests.Rules;

namespace ClusterActors.Architecture.Tests;

public class ProjectReferenceSpecs
{
    [Fact]
    public void The_projects_reference_each_other_one_way_only()
    {
        Assert.NotEmpty(SourceTree.Projects);
        Assert.Empty(ProjectReferenceRule.Violations(SourceTree.Projects));
    }

    public static TheoryData<string, string[], string[], string> Wrong => new()
    {
        { "Protocol", [], ["Akka"], "ClusterActors.Protocol references package Akka" },
        { "Protocol", ["Transport"], [], "ClusterActors.Protocol references ClusterActors.Transport" },
        { "Transport", ["Protocol"], ["Akka"], "ClusterActors.Transport references ClusterActors.Protocol" },
        { "Store", ["Protocol"], ["RocksDB"], "ClusterActors.Store references ClusterActors.Protocol" },
        { "Client", ["Protocol", "Actors"], [], "ClusterActors.Client references ClusterActors.Actors" },
        { "Actors", ["Protocol", "Transport", "Node"], [], "ClusterActors.Actors references ClusterActors.Node" },
        { "Node", ["Actors", "Client", "Protocol"], [], "ClusterActors.Node references ClusterActors.Protocol" },
        { "Extras", [], [], "ClusterActors.Extras has no line in the table of references" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void The_rule_bites(string name, string[] projects, string[] packages, string violation)
    {
        ArgumentNullException.ThrowIfNull(projects);
        var project = new Project($"ClusterActors.{name}", [.. projects.Select(other => $"ClusterActors.{other}")], packages);

        Assert.Equal([violation], ProjectReferenceRule.Violations([project]));
    }
}
