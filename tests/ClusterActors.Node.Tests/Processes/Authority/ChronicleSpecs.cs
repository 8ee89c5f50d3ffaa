using Xunit.Sdk;

namespace ClusterActors.Node.Tests.Processes.Authority;

/// <summary>What the other specs rest on can fail.</summary>
public class ChronicleSpecs
{
    private readonly Chronicle _chronicle = new();

    [Fact]
    public void An_older_epoch_after_a_newer_one_is_found()
    {
        See("a:1", 1, 0, 1);
        See("b:1", 2, 2, 3);
        See("a:1", 1, 4, 5);

        Assert.ThrowsAny<XunitException>(_chronicle.AssertNeverGoesBack);
    }

    [Fact]
    public void Two_holders_of_one_epoch_are_found()
    {
        See("a:1", 1, 0, 1);
        See("b:1", 1, 0, 1);

        Assert.ThrowsAny<XunitException>(_chronicle.AssertNeverGoesBack);
    }

    [Fact]
    public void Answers_that_cross_on_the_wire_are_not_compared()
    {
        See("b:1", 2, 0, 3);
        See("a:1", 1, 2, 5);

        _chronicle.AssertNeverGoesBack();
    }

    [Fact]
    public void A_command_of_an_older_epoch_after_a_newer_one_is_found_in_the_trail()
    {
        Assert.ThrowsAny<XunitException>(() => AuditTrail.AssertInOrder("w", [Line("a:1", 2), Line("b:1", 1)]));
        Assert.ThrowsAny<XunitException>(() => AuditTrail.AssertInOrder("w", [Line("a:1", 2), Line("b:1", 2)]));
        Assert.Equal(2, AuditTrail.AssertInOrder("w", [Line("a:1", 1), "something else", Line("b:1", 2)]));
    }

    private static string Line(string manager, int epoch) =>
        $"[INFO] audit: add-workers 1 at w by load through {manager}, seq 17: before 1, after 2, took 0.1 ms, epoch {epoch}";

    private void See(string manager, long epoch, long asked, long answered) => _chronicle.Add(new Sighting(manager, epoch, asked, answered, "test"));
}
