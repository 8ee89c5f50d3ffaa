using Akka.Actor;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Actors.Gateway;
using ClusterActors.Actors.Tests.Harness;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests.Gateway;

/// <summary>What is said about authority on links that are real sockets; the authority is played by the test.</summary>
public sealed class AuthorityTalkSpecs : IAsyncLifetime
{
    private static readonly ManagerRun Self = new("127.0.0.1:9292", "run-1");
    private static readonly VoterSetId Set = VoterSet.Create(["10.0.0.1:9292", "10.0.0.2:9292", "10.0.0.3:9292"], TimeSpan.FromSeconds(5)).Id;

    private LinkHost? _host;

    private LinkHost Host => _host!;

    private ScriptedActor Authority => Host.Authority;

    public async Task InitializeAsync()
    {
        _host = await LinkHost.StartAsync(withAuthority: true);
        var (open, gateway) = await Authority.NextAsync<AuthorityCommands.Open>();
        Assert.Equal(($"127.0.0.1:{Host.Port}", Host.Gateway), (open.Name, gateway));
    }

    public async Task DisposeAsync() => await Host.DisposeAsync();

    private static string Head(string address) => $"from={address}&run=r&set={Set.Version}:{Set.Hash}";

    /// <summary>A server that told of itself, and the actor of its link.</summary>
    private async Task<(FramePeer Peer, IActorRef Link)> LinkedAsync(string protocol = "Clusters")
    {
        var peer = await FramePeer.OpenAsync(Host.Port, protocol, protocol == "Clusters" ? "192.168.12.112:9292" : "127.0.0.1", receiveBuffer: 8 * 1024);
        await peer.SendTextAsync(Notices.Standing("10.0.0.2:9292", "m-2", role: 2));
        var (came, link) = await Authority.NextAsync<AuthorityEvents.StandingCame>();
        Assert.Equal((link, true, "10.0.0.2:9292", "m-2", 2), (came.Link, came.Accepted, came.Standing.Address, came.Standing.Node, came.Standing.Role));
        return (peer, link);
    }

    [Fact]
    public async Task A_notice_reaches_the_authority_with_its_link_and_gets_no_reply()
    {
        var (peer, link) = await LinkedAsync();
        using var _ = peer;

        await peer.SendAsync(Wire.Text($"action=62&{Head("10.0.0.2:9292")}&n=4&epoch=9"), Wire.Text("action=1&node=w&seq=behind"));

        var (came, _) = await Authority.NextAsync<AuthorityEvents.MessageCame>();
        Assert.Equal((link, new VoterRequest.Renew(new ManagerRun("10.0.0.2:9292", "r"), Set, 4, 9)), (came.Link, came.Message));
        Assert.Equal("action=1000&seq=behind", await peer.ReadAnyTextAsync());
    }

    [Theory]
    [InlineData("action=62&from=10.0.0.2:9292&run=r&n=4&epoch=9&seq=x", "set")] // whose voters
    [InlineData("action=62&from=10.0.0.2:9292&run=r&set=0:0123456789abcdef&n=four&epoch=9&seq=x", "n 'four' must be")]
    [InlineData("action=67&from=a:1&run=r&set=0:0123456789abcdef&n=1&to=r&epoch=9&verdict=perhaps&fence=9&seq=x", "verdict 'perhaps' must be one of")]
    [InlineData("action=69&from=a:1&run=r&set=0:0123456789abcdef&node=n&role=9&workers=0&seq=x", "role '9' must be")]
    public async Task A_bad_notice_is_answered_with_what_is_wrong_and_goes_no_further(string notice, string reason)
    {
        var (peer, _) = await LinkedAsync();
        using var __ = peer;

        var reply = await peer.AskAsync(notice);

        Assert.Equal(("2000", "bad-request", "x"), (reply["action"], reply["code"], reply["seq"]));
        Assert.Contains(reason, reply["msg"], StringComparison.Ordinal);
        Assert.Equal(0, Authority.Waiting);
    }

    [Fact]
    public async Task News_of_a_holder_reaches_the_authority_and_is_answered()
    {
        var (peer, _) = await LinkedAsync();
        using var __ = peer;

        Assert.Equal("action=1000&seq=n", (await peer.AskAsync("action=6&ip=::1&port=9292&epoch=9&seq=n")).Text);

        Assert.Equal(new AuthorityEvents.Moved("[::1]:9292", 9), (await Authority.NextAsync<AuthorityEvents.Moved>()).Message);
    }

    [Fact]
    public async Task What_the_authority_says_goes_out_in_its_form()
    {
        var (peer, link) = await LinkedAsync();
        using var _ = peer;

        link.Tell(new LinkCommands.Notify(new Transfer(Self, Set, 9)));
        link.Tell(new LinkCommands.Introduce(new VoterStanding(Self.Node, Self.Run, Set, "m-1", 2, 3, null)));
        link.Tell(new LinkCommands.Announce("[::1]:9292", 9));

        Assert.Equal($"action=65&from=127.0.0.1:9292&run=run-1&set=0:{Set.Hash}&epoch=9", await peer.ReadAnyTextAsync());
        Assert.Equal($"action=69&from=127.0.0.1:9292&run=run-1&set=0:{Set.Hash}&node=m-1&role=2&workers=3", await peer.ReadAnyTextAsync());
        Assert.Equal("action=6&seq=authority&ip=::1&port=9292&epoch=9", await peer.ReadAnyTextAsync());
    }

    [Fact]
    public async Task An_existing_CshBBrain_server_is_told_of_a_new_holder_in_its_form_and_of_nothing_else()
    {
        var (peer, link) = await LinkedAsync("Protocol");
        using var _ = peer;

        link.Tell(new LinkCommands.Notify(new Transfer(Self, Set, 9)));
        link.Tell(new LinkCommands.Introduce(new VoterStanding(Self.Node, Self.Run, Set, "m-1", 2, 3, null)));
        link.Tell(new LinkCommands.Announce("10.0.0.2:9292", 9));

        Assert.Equal("action=6&ip=10.0.0.2&port=9292&epoch=9", await peer.ReadAnyTextAsync());
    }

    [Fact]
    public async Task A_far_end_that_does_not_read_gets_no_more_notices_and_goes_on_when_it_does()
    {
        const int Count = 100_000;
        var (peer, link) = await LinkedAsync();
        using var _ = peer;
        for (var seq = 0; seq < Count; seq++)
            link.Tell(new LinkCommands.Notify(new VoterRequest.Renew(Self, Set, seq, 9)));
        await peer.SendTextAsync("action=12&seq=end");

        // The reply comes behind all that was written before it.
        var read = 0;
        while (new Parameters(await peer.ReadAnyTextAsync()).Find("seq") != "end")
            read++;

        Assert.InRange(read, 1, Count - 1);
        link.Tell(new LinkCommands.Notify(new Transfer(Self, Set, 9)));
        await peer.ReadNoticeAsync(65);
    }
}
