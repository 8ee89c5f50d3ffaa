using Akka.Actor;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Actors.Tests.Harness;
using ClusterActors.Protocol.Messages;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests.Authority;

/// <summary>Several nodes decide who commands: elections, handovers, takeovers, and what operators are told of them.</summary>
public sealed class AuthorityFleetSpecs : IAsyncLifetime
{
    private static readonly string[] Three = ["m:1", "m:2", "m:3"];

    private readonly AuthorityFleet _fleet = AuthorityFleet.Of();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _fleet.DisposeAsync();

    /// <summary>Three managers, of which one holds authority; that one first.</summary>
    private async Task<AuthorityNode[]> ManagersAsync()
    {
        var nodes = Three.Select(name => _fleet.Start(name, Three)).ToArray();

        // Whoever was started first found nobody to dial.
        foreach (var node in nodes)
        {
            foreach (var other in nodes.Where(other => other != node))
                node.Link(other.Name);
        }

        return await OrderAsync(nodes);
    }

    private async Task<AuthorityNode[]> OrderAsync(AuthorityNode[] nodes)
    {
        await _fleet.PassUntilAsync(() => nodes.Any(node => node.Gate.Epoch is not null), "one holds authority");
        return [.. nodes.OrderBy(node => node.Gate.Epoch is null)];
    }

    private AuthorityNode Worker(string name, AuthorityNode[] managers)
    {
        var worker = _fleet.Start(name, Three, role: 1, new Fence(0, null));
        foreach (var manager in managers)
            worker.Link(manager.Name);
        return worker;
    }

    private static Task TakenAsync(AuthorityNode holder, params AuthorityNode[] workers) => Eventually.HoldsAsync(
        () => workers.All(worker => holder.Gate.Newest!.State.MayCommand(worker.Name, holder.Gate.Now)), "the workers are taken");

    private async Task<Reply> OutcomeAsync(Task<Reply> asked)
    {
        await _fleet.PassUntilAsync(() => asked.IsCompleted, "there is an outcome");
        return await asked;
    }

    [Fact]
    public async Task One_of_three_is_elected_and_the_others_know_it()
    {
        var managers = await ManagersAsync();

        var holder = managers[0];
        await Eventually.HoldsAsync(() => managers.All(manager => manager.Gate.Holder?.Node == holder.Name), "everybody knows the holder");
        Assert.Single(managers, manager => manager.Gate.Epoch is not null);
    }

    [Fact]
    public async Task Another_takes_over_when_the_holder_dies_and_never_before_it_may_not_act_any_more()
    {
        var managers = await ManagersAsync();
        var (old, epoch) = (managers[0], managers[0].Gate.Epoch!.Value);

        await _fleet.KillAsync(old);
        await _fleet.PassUntilAsync(
            () =>
            {
                var next = managers[1..].FirstOrDefault(manager => manager.Gate.Epoch > epoch);
                Assert.False(next is not null && old.Gate.Epoch is not null, "two may act");
                return next is not null;
            },
            "another one holds authority");
    }

    [Fact]
    public async Task It_is_handed_over_to_another_manager_and_the_operator_is_told_where_it_is()
    {
        var managers = await ManagersAsync();
        var target = managers[1];
        var epoch = managers[0].Gate.Epoch!.Value;
        await Eventually.HoldsAsync(() => managers[0].Gate.Newest!.Servers.ContainsKey(target.Name), "they are linked");

        var reply = await managers[0].MoveAsync(target);

        Assert.True(reply.IsDone, $"{reply}");
        Assert.Equal((target.Id, "m", target.Name[2..]), (reply.Find("node"), reply.Find("ip"), reply.Find("port")));
        Assert.True(long.Parse(reply.Find("epoch")!) > epoch);
        await target.HoldsAsync();
        Assert.Null(managers[0].Gate.Epoch);
        await _fleet.HasLoggedAsync($"audit: authority moves to {target.Id} by ann from 10.0.0.9");
    }

    [Fact]
    public async Task A_worker_that_it_is_handed_to_becomes_a_manager_and_the_others_report_to_it()
    {
        var managers = await ManagersAsync();
        var (target, other) = (Worker("w:1", managers), Worker("w:2", managers));
        await TakenAsync(managers[0], target, other);

        var reply = await managers[0].MoveAsync(target);

        Assert.True(reply.IsDone, $"{reply}");
        Assert.Equal(target.Id, reply.Find("node"));
        await target.HoldsAsync();
        Assert.Equal((1, 0), (target.Managers, other.Managers));
        Assert.Contains(new AuthorityEvents.Dial("w:1", Reports: true), other.Dials);
        Assert.Contains(new AuthorityEvents.Dial("w:1", Reports: true), target.Dials); // itself, to report there
        await TakenAsync(target, other);
    }

    [Fact]
    public async Task A_worker_that_starts_later_is_told_of_a_holder_that_is_not_configured()
    {
        var managers = await ManagersAsync();
        var target = Worker("w:1", managers);
        await TakenAsync(managers[0], target);
        var moved = await managers[0].MoveAsync(target);
        Assert.True(moved.IsDone, $"{moved}");

        var late = Worker("w:2", managers);

        await Eventually.HoldsAsync(() => late.Dials.Contains(new AuthorityEvents.Dial("w:1", Reports: true)), "it dials the holder");
        await TakenAsync(target, late);
    }

    [Fact]
    public async Task A_worker_that_managed_and_restarts_does_what_its_configuration_says()
    {
        var managers = await ManagersAsync();
        var target = Worker("w:1", managers);
        await TakenAsync(managers[0], target);
        var moved = await managers[0].MoveAsync(target);
        Assert.True(moved.IsDone, $"{moved}");
        await _fleet.KillAsync(target);

        var back = Worker("w:1", managers);

        await _fleet.PassUntilAsync(() => managers.Any(manager => manager.Gate.Epoch is not null), "a manager holds authority again");
        await Eventually.HoldsAsync(() => back.Gate.Newest!.Servers.Count == 3, "it is linked");
        Assert.Equal(0, back.Managers);
    }

    [Fact]
    public async Task A_server_that_nobody_knows_cannot_take_over()
    {
        var managers = await ManagersAsync();
        await Eventually.HoldsAsync(() => managers[0].Gate.Newest!.Servers.Count == 2, "they are linked");

        var reply = await managers[0].MoveAsync("nobody");

        Assert.Equal("unknown-node", reply.Code);
        Assert.EndsWith($"linked are {string.Join(", ", managers[1..].Select(manager => manager.Id).Order())}", reply.Msg, StringComparison.Ordinal);
        Assert.NotNull(managers[0].Gate.Epoch);
    }

    [Fact]
    public async Task A_server_that_does_not_hold_authority_names_the_one_that_does()
    {
        var managers = await ManagersAsync();
        await Eventually.HoldsAsync(() => managers[1].Gate.Holder is not null, "the holder is heard of");

        foreach (var target in (AuthorityNode[])[managers[1], managers[2]])
        {
            var reply = await managers[1].MoveAsync(target);
            Assert.Equal(("not-authority", "m", managers[0].Name[2..]), (reply.Code, reply.Find("ip"), reply.Find("port")));
        }
    }

    [Fact]
    public async Task The_holder_that_is_told_to_take_over_says_that_it_holds_already()
    {
        var holder = (await ManagersAsync())[0];

        var reply = await holder.MoveAsync(holder);

        Assert.Equal((true, $"{holder.Gate.Epoch}", "0"), (reply.IsDone, reply.Find("epoch"), reply.Find("took")));
    }

    [Fact]
    public async Task A_takeover_that_the_voters_do_not_grant_ends_with_the_reason()
    {
        var node = _fleet.Start("m:1", Three); // the others never start

        var reply = await OutcomeAsync(node.MoveAsync(node));

        Assert.Equal("not-authority", reply.Code);
        Assert.Equal(
            "nm-1 was not elected: 1 of 3 voters can be reached and 2 are needed; m:2, m:3 cannot be reached (force-authority, if gone for good)", reply.Msg);
    }

    [Fact]
    public async Task One_takeover_is_asked_for_at_a_time()
    {
        var node = _fleet.Start("m:1", Three);

        var first = node.MoveAsync(node);
        var second = await node.MoveAsync(node);

        Assert.Contains("wait for its outcome", second.Msg, StringComparison.Ordinal);
        Assert.Contains("was not elected", (await OutcomeAsync(first)).Msg, StringComparison.Ordinal);
        Assert.Contains("was not elected", (await OutcomeAsync(node.MoveAsync(node))).Msg, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_holder_that_leaves_hands_over_and_is_gone_when_another_one_has_it()
    {
        var managers = await ManagersAsync();
        var epoch = managers[0].Gate.Epoch!.Value;
        await Eventually.HoldsAsync(() => Successor.Of(managers[0].Gate.Newest!, managers[0].Gate.Now) is not null, "another one votes");

        await managers[0].Authority.Ask<AuthorityEvents.Left>(AuthorityCommands.Leave.Instance, Eventually.Limit);

        Assert.Null(managers[0].Gate.Epoch);
        await Eventually.HoldsAsync(() => managers[1..].Any(manager => manager.Gate.Epoch > epoch), "another one holds it");
    }

    [Fact]
    public async Task Force_brings_back_a_server_whose_fellows_are_lost()
    {
        var node = _fleet.Start("m:1", Three);
        await Eventually.HoldsAsync(() => node.Gate.Newest is not null, "it takes part");

        var reply = await node.AskAsync(new AuthorityQueries.Force(new ForceAuthorityRequest(["m:1"]) { By = "ann" }, "10.0.0.9"));

        Assert.True(reply.IsDone, $"{reply}");
        Assert.Equal(("nm-1", "m:1", "30000"), (reply.Find("node"), reply.Find("voters"), reply.Find("silent")));
        await _fleet.PassUntilAsync(() => node.Gate.Epoch is not null, "it holds authority");
        Assert.True(node.Gate.Epoch > AuthoritySettings.ForcedEpochs);
    }

    [Fact]
    public async Task A_voter_that_lost_its_ballot_votes_again_when_it_is_readmitted()
    {
        var managers = await ManagersAsync();
        await Eventually.HoldsAsync(() => managers.All(manager => manager.Gate.Newest!.State.Voter!.Ballot.Admitted), "all vote");
        var lost = managers[2];
        await _fleet.KillAsync(lost);
        File.Delete(lost.Ballots.FilePath);
        var back = _fleet.Start(lost.Name, Three);
        back.Link(managers[0].Name);
        back.Link(managers[1].Name);
        await Eventually.HoldsAsync(() => back.Gate.Newest?.State.Voter!.NeedsReadmission == true, "it is known by its earlier ballot");
        await _fleet.HasLoggedAsync($"readmit it (readmit {back.Id})");

        var asked = back.AskAsync(new AuthorityQueries.Readmit(new ReadmitRequest { By = "ann" }, "10.0.0.9"));
        await Eventually.HoldsAsync(() => back.Gate.Newest!.State.Voter!.Readmission?.AdmittedAt is not null, "the others have answered");

        var reply = await OutcomeAsync(asked); // the lease is longer than an operator is kept waiting
        Assert.Equal("timeout", reply.Code);
        Assert.StartsWith($"the other voters have told {back.Id} what they know; it votes in ", reply.Msg, StringComparison.Ordinal);
        await _fleet.PassUntilAsync(() => back.Gate.Newest!.State.Voter!.Ballot.Admitted, "it votes again");
        Assert.Equal("bad-request", (await back.AskAsync(new AuthorityQueries.Readmit(new ReadmitRequest(), "10.0.0.9"))).Code);
    }
}
