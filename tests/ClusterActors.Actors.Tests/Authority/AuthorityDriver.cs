using System.Collections.Immutable;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;

namespace ClusterActors.Actors.Tests.Authority;

/// <summary>Drives the decisions of one node by hand: its clock stands until it is moved, its disk is done when it is told to be.</summary>
internal sealed class AuthorityDriver
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);
    public static readonly VoterSet Three = VoterSet.Create(["m0", "m1", "m2"], Lease);
    public static readonly ManagerRun M0 = new("m0", "m0#1");
    public static readonly ManagerRun M1 = new("m1", "m1#1");
    public static readonly ManagerRun M2 = new("m2", "m2#1");

    private ImmutableArray<AuthorityEffect> _effects;

    public AuthorityDriver(ManagerRun? self = null, int? rank = 0, VoterSet? voters = null, bool isWorker = false, Ballot? ballot = null, Fence? fence = null, ulong seed = 7, bool damaged = false)
    {
        Now = TimeSpan.FromSeconds(1000);
        var step = AuthorityDecisions.Start(
            new AuthorityStart
            {
                Self = self ?? M0,
                Voters = voters ?? Three,
                Rank = rank,
                IsWorker = isWorker,
                Ballot = ballot,
                BallotDamaged = damaged,
                Fence = fence,
                FreshIncarnation = "fresh",
                Random = new RandomStream(seed),
            },
            Now);
        (State, _effects) = (step.State, step.Effects);
    }

    public AuthorityState State { get; private set; }

    public TimeSpan Now { get; private set; }

    /// <summary>What is to be done since the last input that was given.</summary>
    public IReadOnlyList<AuthorityEffect> Effects => _effects;

    /// <summary>Messages that are to be sent since the last input that was given.</summary>
    public IReadOnlyList<AuthorityMessage> Sent => [.. _effects.OfType<AuthorityEffect.Send>().Select(send => send.Message)];

    /// <summary>A voter that is admitted and has been silent for long enough.</summary>
    public static AuthorityDriver Voter(long promised = 0, int? rank = null)
    {
        var driver = new AuthorityDriver(ballot: BallotOf("m0", promised), rank: rank);
        driver.Advance(Lease.TotalSeconds);
        return driver;
    }

    /// <summary>The holder of epoch 1, which a majority has acknowledged just now.</summary>
    public static AuthorityDriver Holder(params string[] workers)
    {
        var driver = Winner(workers);
        driver.Acknowledge("m1");
        driver.Acknowledge("m2");
        return driver;
    }

    /// <summary>The winner of epoch 1, whose first renewal is not acknowledged.</summary>
    public static AuthorityDriver Winner(params string[] workers)
    {
        var driver = Voter(rank: 0);
        foreach (var worker in workers)
            driver.Give(new AuthorityInput.WorkerCame(worker));
        driver.Advance(Lease.TotalSeconds);
        driver.Give(AuthorityInput.Tick.Instance);
        driver.Answer("m1");
        driver.Answer("m2");
        driver.Answer("m1");
        driver.Answer("m2");
        return driver;
    }

    public static Ballot BallotOf(string node, long promised = 0, bool admitted = true) => new()
    {
        Promised = promised,
        Incarnation = $"{node}@1",
        Table = Table("m0", "m1", "m2"),
        Voters = Three,
        LongestLease = Lease,
        Admitted = admitted,
    };

    public static IncarnationTable Table(params string[] voters) =>
        voters.Aggregate(IncarnationTable.Empty, (table, voter) => table.With(voter, new Incarnation(1, $"{voter}@1")));

    public void Advance(double seconds) => Now += TimeSpan.FromSeconds(seconds);

    public void Give(AuthorityInput input)
    {
        var step = AuthorityDecisions.Step(State, input, Now);
        (State, _effects) = (step.State, step.Effects);
    }

    public void Receive(AuthorityMessage message) => Give(new AuthorityInput.Received(message));

    /// <summary>The disk is done; what is to be done then is added.</summary>
    public void Written()
    {
        var before = _effects;
        foreach (var effect in before)
        {
            if (effect is AuthorityEffect.WriteBallot ballot)
                Give(new AuthorityInput.BallotWritten(ballot.Ticket));
            else if (effect is AuthorityEffect.WriteFence fence)
                Give(new AuthorityInput.FenceWritten(fence.Ticket));
            else
                continue;
            _effects = before.AddRange(_effects);
        }
    }

    /// <summary>Receives, waits for the disk, and returns the only answer of that kind.</summary>
    public T Reply<T>(AuthorityMessage message)
        where T : AuthorityMessage
    {
        Receive(message);
        Written();
        return Assert.IsType<T>(Assert.Single(Sent, sent => sent is T));
    }

    public VoterReply PreVote(ManagerRun from, long epoch, long? released = null) =>
        Reply<VoterReply>(new VoterRequest.PreVote(from, Three.Id, 1, epoch, released));

    public VoterReply Vote(ManagerRun from, long epoch, long? released = null) =>
        Reply<VoterReply>(new VoterRequest.Vote(from, Three.Id, 1, epoch, released));

    public VoterReply Renew(ManagerRun from, long epoch) => Reply<VoterReply>(new VoterRequest.Renew(from, Three.Id, 1, epoch));

    /// <summary>A voter answers what this candidate asked last.</summary>
    public void Answer(string voter, VoterRefusal refusal = VoterRefusal.None, long promised = 0, string? incarnation = null, IncarnationTable? table = null)
    {
        var candidacy = State.Candidacy!;
        Receive(ReplyOf(voter, candidacy.Seq, candidacy.Epoch, refusal, promised, incarnation, table));
    }

    /// <summary>A voter answers the last renewal of this holder, or an earlier one.</summary>
    public void Acknowledge(
        string voter, VoterRefusal refusal = VoterRefusal.None, long promised = 0, string? incarnation = null, IncarnationTable? table = null, int back = 1)
    {
        var holding = State.Holding!;
        Receive(ReplyOf(voter, holding.Renewals[^back].Seq, holding.Epoch, refusal, promised, incarnation, table));
    }

    /// <summary>A worker acknowledges the take of the epoch that is held.</summary>
    public void Taken(string worker) => Receive(new WorkerReply(
        new ManagerRun(worker, "w#1"), Three.Id, State.Self.Run, 1, State.Holding!.Epoch, FenceVerdict.Accepted, State.Holding.Epoch));

    private VoterReply ReplyOf(string voter, long seq, long epoch, VoterRefusal refusal, long promised, string? incarnation, IncarnationTable? table) => new(
        new ManagerRun(voter, $"{voter}#1"), State.Voters.Id, State.Self.Run, seq, epoch, refusal, promised, incarnation ?? $"{voter}@1", table ?? Table("m0", "m1", "m2"));
}
