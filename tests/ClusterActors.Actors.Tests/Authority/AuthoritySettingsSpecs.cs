using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;

namespace ClusterActors.Actors.Tests.Authority;

public class AuthoritySettingsSpecs
{
    [Theory]
    [InlineData(5, 3000, 500, 800, 1200)]
    [InlineData(10, 6000, 1000, 1600, 2400)]
    [InlineData(2, 1200, 200, 320, 480)] // the shortest
    public void The_constants_follow_from_the_lease(int lease, int validity, int renew, int voteTimeout, int voteLease)
    {
        var settings = AuthoritySettings.Of(TimeSpan.FromSeconds(lease));

        Assert.Equal(
            [lease * 1000, validity, renew, voteTimeout, voteLease],
            new[] { settings.Lease, settings.Validity, settings.RenewEvery, settings.VoteTimeout, settings.VoteLease }.Select(time => (int)time.TotalMilliseconds));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(300)]
    public void Clocks_may_be_a_fifth_wrong_and_a_vote_binds_less_than_a_lease(int lease)
    {
        var settings = AuthoritySettings.Of(TimeSpan.FromSeconds(lease));

        Assert.True(settings.Validity / 0.8 <= settings.Lease / 1.2);
        Assert.True(settings.VoteTimeout >= TimeSpan.FromMilliseconds(300));
        Assert.True(settings.VoteLease > settings.VoteTimeout);
        Assert.True(settings.VoteLease < settings.Lease);
        Assert.True(settings.SuccessorWithin < settings.Lease);
    }

    [Theory]
    [InlineData(1.999, "authority.lease is 1.999 s; it must be from 2 s to 300 s")]
    [InlineData(301, "authority.lease is 301 s; it must be from 2 s to 300 s")]
    [InlineData(-5, "authority.lease is -5 s; it must be from 2 s to 300 s")]
    public void A_lease_out_of_range_is_refused_by_name(double lease, string message)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => AuthoritySettings.Of(TimeSpan.FromSeconds(lease)));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }
}
