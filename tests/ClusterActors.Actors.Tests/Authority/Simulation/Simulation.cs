using System.Globalization;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;

namespace ClusterActors.Actors.Tests.Authority.Simulation;

/// <summary>
/// A fleet under everything that can go wrong, from one seed: the same seed is the same story. Throws a <see cref="Violation"/> when
/// what must hold does not. Times are microseconds of true time.
/// </summary>
internal sealed class Simulation
{
    public const long Lease = 5_000_000;

    private const long ServiceWithin = 7 * Lease;

    private readonly PriorityQueue<Happening, long> _future = new();
    private readonly Dictionary<string, int> _indexes = [];
    private readonly Random _random;
    private readonly Bend _bend;
    private readonly Story? _story;
    private readonly Weather _weather;
    private readonly Judge _judge;
    private readonly Mishaps _mishaps;
    private readonly Disks _disks;
    private readonly Service _service;
    private long _order;
    private int _runs;

    public Simulation(int seed, Bend bend, Story? story = null)
    {
        _random = new Random(seed);
        (_bend, _story) = (bend, story);
        Shape = FleetShape.All[_random.Next(FleetShape.All.Length)];
        Nodes = FleetBuilder.Build(Shape, _random, bend);
        foreach (var node in Nodes)
            _indexes[node.Name] = node.Index;
        _weather = new Weather(_random, Nodes.Length, Lease);
        _judge = new Judge(Nodes);
        _disks = new Disks(this, _random, bend);
        _mishaps = new Mishaps(this, _weather, _random);
        _service = new Service(this);
        _story?.Tell(0, "", $"seed {seed}: {Shape.Name}; {bend.Name} is bent");
    }

    public FleetShape Shape { get; }

    public SimulatedNode[] Nodes { get; }

    public long Time { get; private set; }

    /// <summary>Since when nothing goes wrong any more; null before.</summary>
    public long? QuietSince { get; private set; }

    /// <summary>Kinds of what was noted.</summary>
    public HashSet<Type> Noted { get; } = [];

    /// <summary>How long service took to return in the end.</summary>
    public long Returned { get; private set; }

    /// <summary>Runs it to its end.</summary>
    public void Run()
    {
        foreach (var node in Nodes)
            After(_random.NextInt64(Lease / 10), new Happening(HappeningKind.Restart, node.Index, 0, null));
        After(Lease, new Happening(HappeningKind.Mishap, -1, 0, null));
        After(Lease, new Happening(HappeningKind.Operator, -1, 0, null));
        After(_random.NextInt64(3 * Lease, 12 * Lease), new Happening(HappeningKind.Quiet, -1, 0, null));
        while (_future.TryDequeue(out var next, out var at))
        {
            Time = at >> 20;
            if (QuietSince is { } quiet)
            {
                if (_service.IsBack)
                {
                    Returned = Time - quiet;
                    return;
                }
                if (Time > quiet + ServiceWithin)
                    throw new Violation($"no service {ServiceWithin / Lease} L after it became quiet: {_service.Missing}");
            }
            Happen(next);
        }
    }

    public void After(long delay, Happening happening) => _future.Enqueue(happening, ((Time + delay) << 20) | (_order++ & 0xFFFFF));

    public void Tell(string node, string what) => _story?.Tell(Time, node, what);

    /// <summary>A node gets an input now.</summary>
    public void Give(SimulatedNode node, AuthorityInput input)
    {
        if (node.State is not { } state)
            return;
        if (_story is not null && Story.Of(input) is { } told)
            Tell(node.Name, told);
        Follow(node, state, AuthorityDecisions.Step(state, input, node.Local(Time)));
    }

    /// <summary>A node stops at once: what it did not write is lost.</summary>
    public void Crash(SimulatedNode node, long down)
    {
        if (!node.Up)
            return;
        Tell(node.Name, "CRASHES");
        node.State = null;
        node.Life++;
        node.Lapsed = 0;
        if (_bend.NoSync)
            node.Unsync(Time);
        _judge.Look(node, Time);
        After(down, new Happening(HappeningKind.Restart, node.Index, node.Life, null));
    }

    public void Pause(SimulatedNode node, long length)
    {
        if (!node.Up)
            return;
        Tell(node.Name, string.Create(CultureInfo.InvariantCulture, $"STOPS for {length / 1e6:0.000} s"));
        node.PausedUntil = Math.Max(node.PausedUntil, Time + length);
    }

    private void Happen(Happening next)
    {
        var node = next.Node >= 0 ? Nodes[next.Node] : null;
        if (node is not null && next.Kind is not (HappeningKind.Restart or HappeningKind.Ballot or HappeningKind.Fence or HappeningKind.Carry))
        {
            if (!node.Up || (next.Life != node.Life && next.Life >= 0))
                return;
            if (node.PausedUntil > Time)
            {
                After(node.PausedUntil - Time, next);
                return;
            }
        }

        switch (next.Kind)
        {
            case HappeningKind.Input:
                Give(node!, (AuthorityInput)next.What!);
                break;
            case HappeningKind.Tick:
                if (node!.TickAt <= Time)
                {
                    node.TickAt = 0;
                    Give(node, AuthorityInput.Tick.Instance);
                }
                break;
            case HappeningKind.Carry:
                if (next.Life == node!.Life)
                    Carry(node, (AuthorityStep)next.What!);
                break;
            case HappeningKind.Turn:
                if (_judge.LetsRun(node!, (WorkerRequest.Command)next.What!))
                    _service.Ran(node!, (WorkerRequest.Command)next.What!);
                break;
            case HappeningKind.Ballot:
                _disks.WriteBallot(node!, next.Life, (AuthorityEffect.WriteBallot)next.What!);
                break;
            case HappeningKind.Fence:
                _disks.WriteFence(node!, next.Life, (AuthorityEffect.WriteFence)next.What!);
                break;
            case HappeningKind.Restart:
                if (!node!.Up && next.Life == node.Life)
                    Restart(node);
                break;
            case HappeningKind.Mishap:
                if (QuietSince is null)
                    After(_mishaps.Strike(), next);
                break;
            case HappeningKind.Operator:
                _service.LookAfter(_random);
                After(Lease / (QuietSince is null ? 5 : 10), next);
                break;
            case HappeningKind.Quiet:
                QuietSince = Time;
                Tell("", "QUIET from now on");
                _mishaps.End();
                break;
            default:
                LateRenewals(node!);
                break;
        }
    }

    private void Restart(SimulatedNode node)
    {
        if (QuietSince is null)
            _mishaps.LoseFiles(node);
        Tell(node.Name, $"STARTS{(node.Ballot is null ? " without a ballot" : "")}{(node.Fence is null ? " without a fence" : "")}");
        node.PausedUntil = 0;
        node.TickAt = 0;
        var now = node.Local(Time);
        var run = string.Create(CultureInfo.InvariantCulture, $"{node.Name}#{++_runs}");
        var step = AuthorityDecisions.Start(
            new AuthorityStart
            {
                Self = new ManagerRun(node.Name, run),
                Voters = node.Voters,
                Rank = node.Index < Shape.VotingManagers ? node.Index : null,
                IsWorker = !Shape.IsManager(node.Index),
                Ballot = node.Ballot,
                Fence = node.Fence ?? (_bend.LostFenceIsZero ? new Fence(0, null) : null),
                FreshIncarnation = run,
                Random = new RandomStream((ulong)_random.NextInt64()),
                Rules = _bend.Rules,
            },
            now);
        var state = step.State;
        if (_bend.NoSilence && state.Voter is { } voter)
            state = state with { Voter = voter with { SilentUntil = now } };
        if (_bend.RestoresHolding && node.LastWon > 0)
            state = state with { Holding = new Holding { Epoch = node.LastWon, WonAt = now, NextRenewalAt = now } };
        Follow(node, null, step.With(state));
        if (!Shape.IsManager(node.Index))
            return;
        for (var worker = Shape.Managers; worker < Nodes.Length; worker++)
            Give(node, new AuthorityInput.WorkerCame(Nodes[worker].Name));
    }

    private void Follow(SimulatedNode node, AuthorityState? before, AuthorityStep step)
    {
        var state = step.State;
        if (state.Holding is { } holding && holding.Epoch != before?.Holding?.Epoch)
        {
            node.LastWon = holding.Epoch;
            node.Lapsed = 0;
            if (_bend.ActsOnVotes)
                state = state with { Holding = holding with { ValidUntil = holding.WonAt + state.Settings.Validity } };
        }
        if (_bend.RenewsAfterLapse && before?.Holding is { } lapsed && state is { Holding: null, Release: null })
        {
            node.Lapsed = lapsed.Epoch;
            After(0, new Happening(HappeningKind.LateRenewal, node.Index, node.Life, null));
        }

        node.State = state;
        if (Shape.IsManager(node.Index) && (state.Holding ?? before?.Holding) is not null)
            _judge.Look(node, Time);
        Plan(node, state);
        if (step.Effects.IsEmpty)
            return;
        foreach (var effect in step.Effects)
            Watch(node, effect);
        if (QuietSince is null && _random.Next(400) == 0)
        {
            var pause = _random.NextInt64(Lease / (_random.Next(3) == 0 ? 1 : 10));
            Pause(node, pause);
            After(node.PausedUntil - Time, new Happening(HappeningKind.Carry, node.Index, node.Life, step.With(state)));
            return;
        }
        Carry(node, step.With(state));
    }

    private void Plan(SimulatedNode node, AuthorityState state)
    {
        if (AuthorityDecisions.DueAt(state) is not { } due)
            return;
        var at = Math.Max(node.True(due), Time + 1);
        if (node.TickAt != 0 && node.TickAt <= at)
            return;
        node.TickAt = at;
        After(at - Time, new Happening(HappeningKind.Tick, node.Index, node.Life, null));
    }

    // What was decided counts from the decision, even when it is carried out later.
    private void Watch(SimulatedNode node, AuthorityEffect effect)
    {
        if (_story is not null && Story.Of(effect) is { } told)
            Tell(node.Name, told);
        switch (effect)
        {
            case AuthorityEffect.Send { Message: WorkerReply { Verdict: FenceVerdict.Accepted } reply } send:
                _judge.Accept(node, reply.Epoch, new ManagerRun(send.To, reply.Run), "a take");
                break;
            case AuthorityEffect.Send { Message: WorkerRequest.Command command }:
                Judge.Command(node, command, Time);
                break;
            case AuthorityEffect.Say say:
                _ = Noted.Add(say.Notice.GetType());
                break;
            case AuthorityEffect.Queue queue:
                _judge.Accept(node, queue.Command.Epoch, queue.Command.From, queue.Command.Token);
                break;
        }
    }

    private void Carry(SimulatedNode node, AuthorityStep step)
    {
        if (_bend.SentAtReadLate && _random.Next(20) == 0)
            ReadSentAtLate(node);
        foreach (var effect in step.Effects)
        {
            switch (effect)
            {
                case AuthorityEffect.Send send:
                    Post(node, send);
                    break;
                case AuthorityEffect.WriteBallot write:
                    After(_disks.Delay(), new Happening(HappeningKind.Ballot, node.Index, node.Life, write));
                    break;
                case AuthorityEffect.WriteFence write:
                    After(_disks.Delay(), new Happening(HappeningKind.Fence, node.Index, node.Life, write));
                    if (_bend.AnswersBeforeWriting)
                        Give(node, new AuthorityInput.FenceWritten(write.Ticket));
                    break;
                case AuthorityEffect.Queue queue:
                    var wait = _random.Next(10) == 0 && QuietSince is null ? _random.NextInt64(Lease) : _random.NextInt64(2_000);
                    After(wait, new Happening(HappeningKind.Turn, node.Index, node.Life, queue.Command));
                    break;
            }
        }
    }

    private void Post(SimulatedNode from, AuthorityEffect.Send send)
    {
        var to = _indexes[send.To];
        var delivery = new Happening(HappeningKind.Input, to, to == from.Index ? from.Life : -1, new AuthorityInput.Received(send.Message));
        if (to == from.Index)
        {
            After(1, delivery);
            return;
        }
        if (_weather.IsCut(from.Index, to, Time) || _weather.Loses() || (_bend.IgnoresStaleWorkers && send.Message is WorkerReply { Verdict: FenceVerdict.Stale }))
            return;
        After(_weather.Delay(), delivery);
        if (_weather.Doubles())
            After(_weather.Delay(), delivery);
    }

    private void LateRenewals(SimulatedNode node)
    {
        if (node.Lapsed == 0 || node.State is not { } state)
            return;
        state = state.NextSeq();
        node.State = state;
        Carry(node, AuthorityStep.Of(state).SendToVoters(new VoterRequest.Renew(state.Self, state.Voters.Id, state.Seq, node.Lapsed)));
        After(Lease / 10, new Happening(HappeningKind.LateRenewal, node.Index, node.Life, null));
    }

    // The node stops after the renewals left and reads the time when it goes on.
    private void ReadSentAtLate(SimulatedNode node)
    {
        if (node.State is not { Holding.Renewals: { IsEmpty: false } renewals } state || renewals[^1].SentAt != node.Local(Time) || QuietSince is not null)
            return;
        Pause(node, _random.NextInt64(Lease / 2));
        var late = renewals.SetItem(renewals.Length - 1, renewals[^1] with { SentAt = node.Local(node.PausedUntil) });
        node.State = state with { Holding = state.Holding with { Renewals = late } };
    }
}
