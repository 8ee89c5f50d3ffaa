using ClusterActors.Actors.Manager;
using ClusterActors.Actors.Manager.Commands;
using ClusterActors.Actors.Tests.Harness;
using ClusterActors.Protocol.Messages;
using static ClusterActors.Actors.Manager.ManagerEvents;
using static ClusterActors.Actors.Manager.ManagerQueries;

namespace ClusterActors.Actors.Tests.Manager;

/// <summary>Drives the pure functions of the manager the way its actor does, on a clock that stands until it is moved.</summary>
internal sealed class ManagerDriver(ManagerSettings? settings = null, int seed = 20)
{
    public static readonly ManagerSettings Settings = new()
    {
        Node = "manager-1",
        LeaseTime = TimeSpan.FromSeconds(10),
        ReportInterval = TimeSpan.FromSeconds(1),
        CshBBrainLateAfter = TimeSpan.FromSeconds(90),
        CshBBrainMaxClientCount = 200,
        ForgetAfter = TimeSpan.FromSeconds(60),
        KeepGone = TimeSpan.FromSeconds(300),
        MaxServers = 2000,
        CommandTimeout = TimeSpan.FromSeconds(5),
    };

    private readonly Random _random = new(seed);
    private readonly List<ManagerNotice> _notices = [];

    private readonly List<CommandEffect> _effects = [];

    private int _tokens;
    private long _tickets;
    private int _seqs;

    public ManagerState State { get; private set; } = new() { Settings = settings ?? Settings };

    public TimeSpan Now { get; private set; }

    /// <summary>Everything noted so far; the next read starts anew.</summary>
    public IReadOnlyList<ManagerNotice> TakeNotices()
    {
        ManagerNotice[] taken = [.. _notices];
        _notices.Clear();
        return taken;
    }

    public void Advance(double seconds) => Now += TimeSpan.FromSeconds(seconds);

    public static ServerReport AWorker(string? node, int clients = 0, int max = 50, double? cpu = null, int port = 9090) => new()
    {
        Node = node,
        ClientCount = clients,
        MaxClientCount = max,
        CpuUsage = cpu,
        Port = port,
        Role = 1,
    };

    public IReportReceipt Report(long link, ServerReport report, PeerKind kind = PeerKind.ClusterActors)
    {
        var server = new LinkedServer(new LinkId(link), kind, $"10.0.0.{link % 250}", 9292);
        var (next, receipt) = ReportIntake.Take(State, new ServerReported(server, report), Now);
        Apply(next);
        return receipt;
    }

    public void Close(long link, bool left = false, string reason = "connection reset")
    {
        var closed = new LinkClosed(new LinkId(link), left, reason);
        Apply(Departures.Close(State, closed, Now));
        Apply(CommandAnswers.Lose(State, closed, Now));
    }

    /// <summary>Orders a command and gives its ticket.</summary>
    public long Order(string? node, ServerCommand command, string? seq = null, string? by = null, string from = "10.0.0.7")
    {
        var order = new Command(new CommandRequest(command) { Node = node, Seq = seq, By = by, Epoch = 3 }, from);
        Apply(CommandOrders.Take(State, order, ++_tickets, Now, () => $"made-{++_seqs}"));
        return _tickets;
    }

    /// <summary>A reply comes on a link.</summary>
    public void Reply(long link, Reply reply) => Apply(CommandAnswers.Take(State, new CommandAnswered(new LinkId(link), reply), Now));

    /// <summary>The time of a command may have come.</summary>
    public void Expire() => Apply(CommandAnswers.Expire(State, Now));

    /// <summary>Commands sent since the last look, by link.</summary>
    public IReadOnlyList<(long Link, CommandRequest Request)> TakeSent() =>
        [.. Take<CommandEffect.Send>().Select(sent => (sent.Link.Value, sent.Request))];

    /// <summary>Answers given since the last look, by ticket.</summary>
    public IReadOnlyList<(long Ticket, Reply Reply)> TakeAnswers() =>
        [.. Take<CommandEffect.Answer>().Select(answer => (answer.Ticket, answer.Reply))];

    /// <summary>The one answer since the last look.</summary>
    public Reply TakeAnswer() => Assert.Single(TakeAnswers()).Reply;

    /// <summary>The Akka.Cluster says something of a server.</summary>
    public void Hear(IMemberEvent news) => Apply(MemberNews.Take(State, news, Now));

    public void Tick() => Apply(Housekeeping.Tick(State, Now));

    public IAllocationAnswer Ask(string? key = null, bool explain = false)
    {
        var decision = Allocation.Decide(State, new Allocate(key, explain), Now, _random, () => $"lease-{++_tokens}");
        Apply(decision.State);
        return decision.Answer;
    }

    public AllocationGranted Grant(string? key = null, bool explain = false) =>
        Assert.IsType<AllocationGranted>(Ask(key, explain));

    public AllocationRefused Refusal(string? key = null, bool explain = false) =>
        Assert.IsType<AllocationRefused>(Ask(key, explain));

    public FleetView View() => FleetViews.Of(State, Now, Gates.Open());

    public ServerState StateOf(string node) => View().Servers.Single(server => server.Node == node).State;

    public ServerEntry Entry(string node) => State.Registry.Find(node) ?? throw new KeyNotFoundException(node);

    private List<T> Take<T>()
        where T : CommandEffect
    {
        var taken = _effects.OfType<T>().ToList();
        _effects.RemoveAll(effect => effect is T);
        return taken;
    }

    private void Apply(CommandStep step)
    {
        _effects.AddRange(step.Effects);
        Apply(step.State);
    }

    private void Apply(ManagerState next)
    {
        _notices.AddRange(next.Notices);
        State = next.WithoutNotices();
    }
}
