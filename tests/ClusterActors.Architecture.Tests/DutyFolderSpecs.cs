using ClusterActors.Architecture.Tests.Rules;

namespace ClusterActors.Architecture.Tests;

public class DutyFolderSpecs
{
    private const string SampleRoot = "ClusterActors.Architecture.Tests.Samples";

    [Fact]
    public void The_duties_see_typed_messages_and_no_actor_of_another_duty()
    {
        Assert.Contains(Assemblies.Product, type => type.FullName == "ClusterActors.Actors.Manager.ManagerActor");
        Assert.Empty(DutyFolderRule.Violations(Assemblies.Product, "ClusterActors.Actors"));
    }

    [Theory]
    [InlineData("System.Net.Sockets.Socket")] // a field
    [InlineData("ClusterActors.Protocol.Frames.SampleFrame")] // an argument of a generic return type
    [InlineData("ClusterActors.Protocol.Handshake.SampleHandshake")] // a parameter
    [InlineData("ClusterActors.Transport.SampleTransport")] // a call in a lambda
    public void The_rule_bites_when_a_duty_uses_the_wire(string used)
    {
        var violations = DutyFolderRule.Violations([Assemblies.Sample("ManagerThatSendsBytes")], SampleRoot);

        Assert.Contains($"{SampleRoot}.Manager.ManagerThatSendsBytes uses {used}, which only the gateway may", violations);
    }

    [Fact]
    public void The_rule_bites_when_a_duty_uses_the_actor_of_another() =>
        Assert.Equal(
            [$"{SampleRoot}.Manager.ManagerThatKnowsAnotherDuty uses the actor {SampleRoot}.Metrics.WellShapedActor of another duty"],
            DutyFolderRule.Violations([Assemblies.Sample("ManagerThatKnowsAnotherDuty")], SampleRoot));

    [Theory]
    [InlineData("ManagerThatUsesMessages")]
    [InlineData("GatewayThatSendsBytes")]
    [InlineData("CompositionAtTheRoot")]
    [InlineData("WellShapedActor")]
    public void The_rule_leaves_alone_what_is_right(string sample) =>
        Assert.Empty(DutyFolderRule.Violations([Assemblies.Sample(sample)], SampleRoot));
}
