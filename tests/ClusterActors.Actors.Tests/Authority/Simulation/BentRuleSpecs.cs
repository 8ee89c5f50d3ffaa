using System.Globalization;
using Xunit.Abstractions;

namespace ClusterActors.Actors.Tests.Authority.Simulation;

/// <summary>Each rule bent by itself: a simulation that does not notice would prove nothing.</summary>
public class BentRuleSpecs(ITestOutputHelper output)
{
    private const int Seeds = 40_000;

    private static readonly Bend[] Bends =
    [
        new() { Name = "f is 0.75 L", Rules = new BentRules.LongValidity(0.75) },
        new() { Name = "f is 1.0 L", Rules = new BentRules.LongValidity(1) },
        new() { Name = "a release of any older epoch counts", Rules = new BentRules.AnyOlderRelease() },
        new() { Name = "a holder renews after it lapsed", RenewsAfterLapse = true },
        new() { Name = "only the one voted for may renew", Rules = new BentRules.RenewalOnlyFromTheOneVotedFor() },
        new() { Name = "a pre-vote knows no exemptions", Rules = new BentRules.PreVoteWithoutExemptions() },
        new() { Name = "a voter is not silent after a start", NoSilence = true },
        new() { Name = "a vote shortens a lease", Rules = new BentRules.VoteShortensLease() },
        new() { Name = "the send time is read late", SentAtReadLate = true },
        new() { Name = "a winner acts on its votes", ActsOnVotes = true },
        new() { Name = "holding is restored after a restart", RestoresHolding = true },
        new() { Name = "each node has its own L", OwnLeases = true },
        new() { Name = "nothing is synced", NoSync = true },
        new() { Name = "a take does not raise the fence", Rules = new BentRules.TakeDoesNotRaise() },
        new() { Name = "a worker answers before it writes", AnswersBeforeWriting = true },
        new() { Name = "a lost fence is taken for 0", LostFenceIsZero = true },
        new() { Name = "a voter is readmitted at 0", Rules = new BentRules.ReadmittedAtZero() },
        new() { Name = "half a readmission is taken for first contact", Rules = new BentRules.HalfReadmissionConfirms() },
        new() { Name = "a holder ignores that a worker calls it stale", IgnoresStaleWorkers = true },
        new() { Name = "a wiped voter goes on", Rules = new BentRules.WipedVoterCounts() },
    ];

    public static TheoryData<string> Names => [.. Bends.Select(bend => bend.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_simulation_notices_when(string name)
    {
        var bend = Array.Find(Bends, one => one.Name == name)!;
        for (var seed = 0; seed < Seeds; seed++)
        {
            if (SimulationRun.Try(seed, bend) is not { } violation)
                continue;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: after {seed + 1} seeds: {violation}"));
            return;
        }
        Assert.Fail($"{name}, and {Seeds} seeds did not notice");
    }

    [Fact]
    public void A_seed_that_fails_tells_its_story_and_it_is_the_same_each_time()
    {
        var bend = Bends.Single(one => one.RestoresHolding);
        var (seed, violation) = Enumerable.Range(0, Seeds).Select(seed => (seed, SimulationRun.Try(seed, bend))).First(run => run.Item2 is not null);

        var story = SimulationRun.Retell(seed, bend, violation!);

        Assert.StartsWith($"seed {seed}: {violation}\n", story, StringComparison.Ordinal);
        Assert.Contains("STARTS", story, StringComparison.Ordinal);
        Assert.Equal(story, SimulationRun.Retell(seed, bend, violation!));
    }
}
