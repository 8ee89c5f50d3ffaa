using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Actor;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Files;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Actors.Tests.Harness;
using ClusterActors.Protocol.Messages;
using ClusterActors.Store.Files;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests.Authority;

/// <summary>The authority of one node of an <see cref="AuthorityFleet"/>, with everything around it played.</summary>
internal sealed class AuthorityNode
{
    /// <summary>Dials whom it is told to, as a gateway does, and keeps what it was told.</summary>
    private sealed class Dialer : UntypedActor
    {
        private readonly AuthorityNode _node;

        public Dialer(AuthorityNode node) => _node = node;

        protected override void OnReceive(object message)
        {
            if (message is AuthorityCommands.Open)
                _node.Authority.Tell(message);
            if (message is not AuthorityEvents.Dial dial)
                return;
            _node.Dials.Enqueue(dial);
            _node.Link(dial.Name);
        }
    }

    private readonly AuthorityFleet _fleet;
    private readonly string[] _voters;
    private readonly IActorRef _gateway;
    private readonly ConcurrentDictionary<string, IActorRef> _dialed = new();
    private readonly ConcurrentBag<IActorRef> _links = [];
    private int _managers;

    public AuthorityNode(AuthorityFleet fleet, string name, string[] voters, int role, Fence? fence)
    {
        _fleet = fleet;
        _voters = voters;
        Gate = new AuthorityGate(fleet.Clock);
        Name = name;
        Id = $"n{name.Replace(':', '-')}";
        Ballots = new BallotFile(fleet.Root, Id);
        Fences = new FenceFile(fleet.Root, Id);
        if (fence is not null && Fences.Load() is Stored<Fence>.Missing)
            Fences.Save(fence);
        Manager = new ScriptedActor(fleet.System, $"manager-{Guid.NewGuid():n}");
        Commands = new ScriptedActor(fleet.System, $"commands-{Guid.NewGuid():n}");
        Duty = new ManagerDuty(() =>
        {
            Interlocked.Increment(ref _managers);
            return Manager.Ref;
        });
        if ((role & 2) != 0)
            Duty.Begin();
        var isWorker = (role & 1) != 0;
        Authority = fleet.System.ActorOf(AuthorityActor.Props(new AuthorityPlan
        {
            Node = Id,
            Lease = fleet.Lease,
            IsWorker = isWorker,
            Manager = Duty,
            Commands = isWorker ? Commands.Ref : null,
            Gate = Gate,
            Ballots = Ballots,
            Fences = Fences,
            Random = Random.Shared,
        }));
        _gateway = fleet.System.ActorOf(Props.Create(() => new Dialer(this)));
    }

    public string Name { get; }

    public string Id { get; }

    public IActorRef Authority { get; }

    public AuthorityGate Gate { get; }

    public BallotFile Ballots { get; }

    public FenceFile Fences { get; }

    public ManagerDuty Duty { get; }

    /// <summary>Hears <see cref="AuthorityEvents.HolderChanged"/> and the outcome of orders.</summary>
    public ScriptedActor Manager { get; }

    /// <summary>Gets the commands that the fence let in.</summary>
    public ScriptedActor Commands { get; }

    public ConcurrentQueue<AuthorityEvents.Dial> Dials { get; } = new();

    /// <summary>How often this node began to manage.</summary>
    public int Managers => _managers;

    public void Open() => _gateway.Tell(new AuthorityCommands.Open(
        Name, [.. _voters], Array.IndexOf(_voters, Name) is >= 0 and var rank && Duty.Current is not null ? rank : null));

    /// <summary>Dials a node as often as it takes; once it is linked nothing more is done.</summary>
    public void Link(string name)
    {
        if (_fleet.Find(name) is not { } far)
            return;
        if (!_dialed.TryAdd(name, ActorRefs.Nobody))
            return;
        var near = _fleet.System.ActorOf(StubLink.Props(Authority, accepted: false));
        var end = _fleet.System.ActorOf(StubLink.Props(far.Authority, accepted: true));
        _links.Add(near);
        far._links.Add(end);
        near.Tell(new StubLink.Meet(end));
        end.Tell(new StubLink.Meet(near));
        Authority.Tell(new AuthorityEvents.LinkOpened(near, name));
    }

    /// <summary>Asks as an operator does.</summary>
    public async Task<Reply> AskAsync(object query) => (await Authority.Ask<AuthorityQueries.Answer>(query, Eventually.Limit)).Reply;

    public Task<Reply> MoveAsync(AuthorityNode to) => MoveAsync(to.Id);

    public Task<Reply> MoveAsync(string node) =>
        AskAsync(new AuthorityQueries.Move(new AuthorityMove { Node = node, By = "ann" }, "10.0.0.9"));

    public Task HoldsAsync() => Eventually.HoldsAsync(() => Gate.Epoch is not null, $"{Id} holds authority");

    public async Task StopAsync()
    {
        var ended = Authority.WatchAsync();
        _fleet.System.Stop(Authority);
        _fleet.System.Stop(_gateway);
        foreach (var link in _links)
            _fleet.System.Stop(link);
        await ended.WaitAsync(Eventually.Limit);
    }
}
