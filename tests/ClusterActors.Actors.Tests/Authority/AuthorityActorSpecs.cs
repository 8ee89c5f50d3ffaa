using Akka.Actor;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Actors.Gateway;
using ClusterActors.Actors.Manager;
using ClusterActors.Actors.Tests.Harness;
using ClusterActors.Protocol.Messages;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests.Authority;

/// <summary>A single manager that votes alone: it holds authority at once, and for as long as it runs.</summary>
public sealed class AuthorityActorSpecs : IAsyncLifetime
{
    private static readonly string[] Lone = ["m:1"];

    private readonly AuthorityFleet _fleet = AuthorityFleet.Of();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _fleet.DisposeAsync();

    private async Task<AuthorityNode> HolderAsync()
    {
        var holder = _fleet.Start("m:1", Lone);
        await holder.HoldsAsync();
        return holder;
    }

    private static CommandRequest AddTwo => new(new ServerCommand.AddThreads(2)) { Seq = "s" };

    private static AuthorityCommands.Order Order(ScriptedActor link, PeerKind kind = PeerKind.ClusterActors) =>
        new(link.Ref, new LinkId(7), kind, AddTwo);

    private static VoterStanding Standing(string name, int role = 1) =>
        new(name, "r", VoterSet.Create(["m:1"], TimeSpan.FromSeconds(30)).Id, $"n{name.Replace(':', '-')}", role, 0, null);

    [Fact]
    public async Task Before_its_port_is_open_it_takes_no_part_and_what_comes_waits()
    {
        var node = _fleet.Start("m:1", Lone, opens: false);
        var asked = node.MoveAsync("nm-1");
        Assert.Null(node.Gate.Newest);

        node.Open();

        await node.HoldsAsync();
        Assert.NotNull(await asked);
    }

    [Fact]
    public async Task It_holds_an_epoch_that_is_on_disk_and_a_higher_one_after_a_restart()
    {
        var first = await HolderAsync();
        var epoch = first.Gate.Epoch!.Value;
        await _fleet.KillAsync(first);

        var second = await HolderAsync();

        Assert.Equal(1, epoch);
        Assert.Equal(2, second.Gate.Epoch);
    }

    [Fact]
    public async Task The_manager_hears_who_holds_authority()
    {
        var holder = await HolderAsync();

        Assert.Equal(new AuthorityEvents.HolderChanged("m:1", 1, IsSelf: true), (await holder.Manager.NextAsync<AuthorityEvents.HolderChanged>()).Message);
    }

    [Fact]
    public async Task An_order_is_refused_by_a_server_that_does_not_hold_authority()
    {
        var node = _fleet.Start("m:9", Lone);
        var link = new ScriptedActor(_fleet.System, "link");

        node.Authority.Tell(Order(link), node.Manager.Ref);

        var (answered, _) = await node.Manager.NextAsync<ManagerEvents.CommandAnswered>();
        Assert.Equal((7L, "not-authority", "s"), (answered.Link.Value, answered.Reply.Code, answered.Reply.Seq));
        Assert.Equal(0, link.Waiting);
    }

    [Fact]
    public async Task An_order_to_a_worker_that_has_not_acknowledged_waits_and_goes_out_with_the_epoch_once_it_has()
    {
        var holder = await HolderAsync();
        await holder.Manager.NextAsync<AuthorityEvents.HolderChanged>();
        var link = new ScriptedActor(_fleet.System, "link");
        holder.Authority.Tell(new AuthorityEvents.StandingCame(link.Ref, Accepted: true, Standing("w:1")));
        await link.NextAsync<LinkCommands.Introduce>();
        await link.NextAsync<LinkCommands.Announce>();
        var take = (WorkerRequest.Take)(await link.NextAsync<LinkCommands.Notify>()).Message.Message;

        holder.Authority.Tell(Order(link), holder.Manager.Ref);
        holder.Authority.Tell(new AuthorityEvents.MessageCame(link.Ref, new WorkerReply(
            new ManagerRun("w:1", "r"), take.Set, take.From.Run, take.Seq, take.Epoch, FenceVerdict.Accepted, take.Epoch)));

        var sent = (await link.NextAsync<LinkCommands.Send>()).Message.Request;
        Assert.Equal(AddTwo with { Epoch = 1, From = "m:1", Run = take.From.Run }, sent);
    }

    [Fact]
    public async Task An_existing_CshBBrain_server_is_commanded_without_having_acknowledged()
    {
        var holder = await HolderAsync();
        var link = new ScriptedActor(_fleet.System, "link");

        holder.Authority.Tell(Order(link, PeerKind.CshBBrain), holder.Manager.Ref);

        Assert.Equal(1, (await link.NextAsync<LinkCommands.Send>()).Message.Request.Epoch);
    }

    [Fact]
    public async Task A_link_that_goes_by_one_name_after_the_other_is_one_server()
    {
        var holder = await HolderAsync();
        var link = new ScriptedActor(_fleet.System, "link");
        for (var i = 1; i <= 20; i++)
            holder.Authority.Tell(new AuthorityEvents.StandingCame(link.Ref, Accepted: true, Standing($"w:{i}")));

        await Eventually.HoldsAsync(() => holder.Gate.Newest!.Servers.ContainsKey("w:20"), "the last name is known");

        Assert.Single(holder.Gate.Newest!.Servers);
        await Eventually.EqualsAsync("w:20", () => string.Join(' ', holder.Gate.Newest!.State.Workers), "workers");
    }

    [Fact]
    public async Task A_worker_whose_links_are_all_gone_is_no_worker_any_more()
    {
        var holder = await HolderAsync();
        var first = new ScriptedActor(_fleet.System, "first");
        var second = new ScriptedActor(_fleet.System, "second");
        foreach (var link in (ScriptedActor[])[first, second])
            holder.Authority.Tell(new AuthorityEvents.StandingCame(link.Ref, Accepted: true, Standing("w:1")));
        await second.NextAsync<LinkCommands.Introduce>();
        _fleet.System.Stop(first.Ref);
        holder.Authority.Tell(new AuthorityEvents.StandingCame(second.Ref, Accepted: true, Standing("w:1") with { Workers = 5 }));
        await Eventually.HoldsAsync(() => holder.Gate.Newest!.Servers["w:1"].Standing.Workers == 5, "the news");
        Assert.Single(holder.Gate.Newest!.State.Workers);

        _fleet.System.Stop(second.Ref);

        await Eventually.HoldsAsync(() => holder.Gate.Newest!.State.Workers.IsEmpty && holder.Gate.Newest.Servers.IsEmpty, "it is gone");
    }

    [Fact]
    public async Task A_leave_without_anybody_to_hand_over_to_waits_for_nothing()
    {
        var holder = await HolderAsync();

        await holder.Authority.Ask<AuthorityEvents.Left>(AuthorityCommands.Leave.Instance, Eventually.Limit);

        Assert.NotNull(holder.Gate.Epoch);
    }

    [Fact]
    public async Task More_than_the_disk_keeps_up_with_is_dropped_and_harms_nobody_that_is_no_worker()
    {
        var holder = await HolderAsync();
        var link = new ScriptedActor(_fleet.System, "link");
        var set = holder.Gate.Newest!.State.Voters.Id;
        for (var epoch = 100; epoch < 100 + (30 * AuthoritySettings.MaxWaiting); epoch++)
            holder.Authority.Tell(new AuthorityEvents.MessageCame(link.Ref, new VoterRequest.Renew(new ManagerRun("m:8", "r"), set, epoch, epoch)));

        await _fleet.HasLoggedAsync("More about authority waits for the disk than is kept");

        Assert.NotNull((await holder.MoveAsync("nobody")).Code);
        Assert.DoesNotContain(_fleet.Log, line => line.Contains("NullReference", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Force_and_readmit_are_refused_by_a_server_that_does_not_vote()
    {
        var node = _fleet.Start("w:1", Lone, role: 1);

        var forced = await node.AskAsync(new AuthorityQueries.Force(new ForceAuthorityRequest(["w:1"]), "10.0.0.9"));
        var readmitted = await node.AskAsync(new AuthorityQueries.Readmit(new ReadmitRequest { By = "ann" }, "10.0.0.9"));

        Assert.Equal(("bad-request", "w:1 is not a voter; ask one of m:1"), (forced.Code, forced.Msg));
        Assert.Equal("bad-request", readmitted.Code);
        await _fleet.HasLoggedAsync("audit: readmit this voter by ann from 10.0.0.9");
    }

    [Fact]
    public async Task What_is_refused_only_after_the_ballot_was_written_is_answered_all_the_same()
    {
        var holder = await HolderAsync();
        var link = new ScriptedActor(_fleet.System, "link");
        var set = holder.Gate.Newest!.State.Voters.Id;
        for (var round = 0; round < 2; round++)
        {
            holder.Authority.Tell(new AuthorityEvents.MessageCame(link.Ref, new VoterRequest.Renew(new ManagerRun("m:8", "r"), set, round, 100 + round)));

            var forced = await holder.AskAsync(new AuthorityQueries.Force(new ForceAuthorityRequest(["m:9"]), "10.0.0.9"));

            Assert.Equal("bad-request", forced.Code);
            Assert.Contains("m:1 must be one of them", forced.Msg, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_ballot_that_cannot_be_written_is_said_and_a_force_is_not_done()
    {
        var holder = await HolderAsync();
        var before = holder.Gate.Newest!.State.Voters.Id;
        Directory.CreateDirectory(holder.Ballots.FilePath + ".tmp");

        var forced = await holder.AskAsync(new AuthorityQueries.Force(new ForceAuthorityRequest(["m:1"]), "10.0.0.9"));

        Assert.Equal("internal", forced.Code);
        Assert.Equal(before, holder.Gate.Newest.State.Voters.Id);
        await _fleet.HasLoggedAsync("The ballot cannot be written, so nm-1 does not vote on this");
        Directory.Delete(holder.Ballots.FilePath + ".tmp");
        Assert.True((await holder.AskAsync(new AuthorityQueries.Force(new ForceAuthorityRequest(["m:1"]), "10.0.0.9"))).IsDone);
    }
}
