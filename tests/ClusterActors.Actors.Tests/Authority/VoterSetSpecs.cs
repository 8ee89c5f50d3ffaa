using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;

namespace ClusterActors.Actors.Tests.Authority;

public class VoterSetSpecs
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(5, 3)]
    public void More_than_half_are_a_majority(int voters, int majority) =>
        Assert.Equal(majority, VoterSet.Create(Enumerable.Range(0, voters).Select(voter => $"m{voter}"), Lease).Majority);

    [Fact]
    public void The_hash_is_that_of_the_voters_in_any_order_and_of_the_lease()
    {
        var set = VoterSet.Create(["a", "b", "c"], Lease).Id;

        Assert.Equal(set, VoterSet.Create(["c", "a", "b"], Lease).Id);
        Assert.NotEqual(set, VoterSet.Create(["a", "b", "d"], Lease).Id);
        Assert.NotEqual(set, VoterSet.Create(["a", "b", "c"], Lease * 2).Id);
        Assert.NotEqual(set, VoterSet.Create(["a", "b", "c"], Lease, 1).Id);
    }

    [Fact]
    public void The_hash_is_what_the_protocol_says() =>
        Assert.Equal(new VoterSetId(7, "6cb74ae6d4839d8c"), VoterSet.Create(["a:1", "b:2", "[::1]:3"], Lease, 7).Id);

    [Fact]
    public void A_lease_is_counted_in_whole_milliseconds() =>
        Assert.Equal(VoterSet.Create(["a"], Lease).Id, VoterSet.Create(["a"], Lease + TimeSpan.FromTicks(9999)).Id);

    [Theory]
    [InlineData("a,b,c,d,e,f,g,h", "there are 8 voters (a, b, c, d, e, f, g, h); there must be 1 to 7")]
    [InlineData("a,b,a", "a voter is named twice (a, a, b); each must be named once")]
    public void A_set_that_cannot_be_is_refused(string voters, string message)
    {
        var error = Assert.Throws<ArgumentException>(() => VoterSet.Create(voters.Split(','), Lease));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lease_that_cannot_be_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => VoterSet.Create(["a"], TimeSpan.FromSeconds(1)));
}
