using System.Net;
using ClusterActors.Actors.Configuration;
using ClusterActors.Actors.Gateway;

namespace ClusterActors.Actors.Tests.Gateway;

public class VoterNamesSpecs
{
    private static VoterNames Of(string host, bool isManager, string[] managers, params string[] witnesses)
    {
        var settings = new GatewaySettings
        {
            Node = "node-1",
            Host = host,
            ClusterEndpoint = new IPEndPoint(IPAddress.Loopback, 9292),
            IsManager = isManager,
            Managers = [.. managers.Select(Parse)],
            Witnesses = [.. witnesses.Select(Parse)],
        };
        return VoterNames.Of(settings, SelfAddress.Of(settings));
    }

    private static HostAndPort Parse(string text)
    {
        Assert.True(HostAndPort.TryParse(text, out var address));
        return address;
    }

    [Fact]
    public void A_listed_manager_is_a_voter_and_has_its_place()
    {
        var names = Of("10.0.0.2", isManager: true, ["10.0.0.1:9292", "10.0.0.2:9292"], "10.0.0.3:9292");

        Assert.Equal(("10.0.0.2:9292", 1), (names.Own, names.Rank));
        Assert.Equal(["10.0.0.1:9292", "10.0.0.2:9292", "10.0.0.3:9292"], names.Voters.AsEnumerable());
    }

    [Fact]
    public void It_goes_by_the_name_in_the_list_which_is_the_same_on_every_server() =>
        Assert.Equal("localhost:9292", Of("127.0.0.1", isManager: true, ["localhost:9292", "localhost:9293"]).Own);

    [Fact]
    public void A_witness_votes_and_does_not_stand()
    {
        var names = Of("10.0.0.3", isManager: false, ["10.0.0.1:9292", "10.0.0.2:9292"], "10.0.0.3:9292");

        Assert.Equal(("10.0.0.3:9292", null), (names.Own, names.Rank));
        Assert.Contains(names.Own, names.Voters);
    }

    [Fact]
    public void A_manager_with_no_list_is_alone() =>
        Assert.Equal(("10.0.0.2:9292", 0, "10.0.0.2:9292"), Of("10.0.0.2", isManager: true, []) is var names ? (names.Own, names.Rank, names.Voters.Single()) : default);

    [Fact]
    public void A_manager_that_is_not_in_the_list_does_not_vote()
    {
        var names = Of("10.0.0.9", isManager: true, ["10.0.0.1:9292"]);

        Assert.Equal(("10.0.0.9:9292", null), (names.Own, names.Rank));
        Assert.Equal(["10.0.0.1:9292"], names.Voters.AsEnumerable());
    }

    [Fact]
    public void A_worker_that_is_in_the_list_of_managers_votes_and_does_not_stand() =>
        Assert.Null(Of("10.0.0.1", isManager: false, ["10.0.0.1:9292", "10.0.0.2:9292"]).Rank);
}
