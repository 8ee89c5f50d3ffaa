using ClusterActors.Architecture.Tests.Rules;

namespace ClusterActors.Architecture.Tests;

public class ActorShapeSpecs
{
    [Fact]
    public void The_actors_are_internal_and_sealed_and_have_Props()
    {
        Assert.Contains(Assemblies.Product, type => type.IsActor());
        Assert.Empty(ActorShapeRule.Violations(Assemblies.Product));
    }

    [Theory]
    [InlineData("PublicUnsealedActor", new[] { "is public", "is not sealed", "has no static Props" })]
    public void The_rule_bites(string sample, string[] violations)
    {
        var type = Assemblies.Sample(sample);

        Assert.Equal(violations.Select(violation => $"{type.FullName} {violation}"), ActorShapeRule.Violations([type]));
    }

    [Theory]
    [InlineData("WellShapedActor")]
    [InlineData("AbstractSampleActor")]
    [InlineData("MetricsMessage")]
    public void The_rule_leaves_alone_what_is_right(string sample) =>
        Assert.Empty(ActorShapeRule.Violations([Assemblies.Sample(sample)]));
}
