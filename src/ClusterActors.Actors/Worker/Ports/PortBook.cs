using System.Collections.Immutable;
using System.Net;
using Akka.Actor;
using ClusterActors.Actors.Worker.Commands;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Worker.Ports;

/// <summary>The business ports of a worker, in the order they were asked for, and the rules of opening and closing them.</summary>
internal sealed record PortBook
{
    /// <summary>Longest drain of a port in seconds: a day.</summary>
    public const int MaxDrainSeconds = 86_400;

    private ImmutableList<BusinessPort> Entries { get; init; } = [];

    /// <summary>No port.</summary>
    public static PortBook Empty { get; } = new();

    /// <summary>Whether there is none, not even one that is being opened or emptied.</summary>
    public bool IsEmpty => Entries.IsEmpty;

    /// <summary>Every acceptor.</summary>
    public IEnumerable<IActorRef> Acceptors => Entries.Select(entry => entry.Acceptor);

    /// <summary>The open ports.</summary>
    public ImmutableArray<int> Open => [.. At(PortStage.Open).Select(entry => entry.Number)];

    /// <summary>The open ports as they were asked for: 0 where any was.</summary>
    public ImmutableArray<int> Asked => [.. At(PortStage.Open).Select(entry => entry.Asked)];

    /// <summary>The open ports in words, as replies tell them.</summary>
    public string Words => string.Join(',', Open);

    /// <summary>The acceptor of an open port.</summary>
    public IActorRef? AcceptorOf(int port) => At(PortStage.Open).FirstOrDefault(entry => entry.Number == port)?.Acceptor;

    /// <summary>With a port that is being opened.</summary>
    public PortBook Opening(IActorRef acceptor, int port) =>
        this with { Entries = Entries.Add(new BusinessPort(acceptor, port, port, PortStage.Opening)) };

    /// <summary>With a port that is open now.</summary>
    public PortBook Opened(IActorRef acceptor, int port) => Change(acceptor, entry => entry with { Number = port, Stage = PortStage.Open });

    /// <summary>Place of a port among all of them, from 0.</summary>
    public int PlaceOf(IActorRef acceptor) => Entries.FindIndex(entry => entry.Acceptor.Equals(acceptor));

    /// <summary>With a port that is being closed.</summary>
    public PortBook Closing(IActorRef acceptor) => Change(acceptor, entry => entry with { Stage = PortStage.Closing });

    /// <summary>With a port that is closed, although clients that came through it may still be there.</summary>
    public PortBook Closed(IActorRef acceptor) => Change(acceptor, entry => entry with { Stage = PortStage.Emptying });

    /// <summary>Without a port.</summary>
    public PortBook Without(IActorRef acceptor) => this with { Entries = Entries.RemoveAll(entry => entry.Acceptor.Equals(acceptor)) };

    /// <summary>Why a port cannot be opened; <see langword="null"/> when it can be tried.</summary>
    /// <param name="port">The port.</param>
    /// <param name="clusterPort">The node's own cluster port.</param>
    /// <param name="max">Ports that may be open at once.</param>
    public CommandOutcome.Refused? WhyNotOpen(int port, int? clusterPort, int max)
    {
        if (port is < 1 or > IPEndPoint.MaxPort)
            return new(FailureCode.OutOfRange, $"port {port} cannot be opened; allowed is 1 to {IPEndPoint.MaxPort}");
        if (port == clusterPort)
            return new(FailureCode.PortInUse, $"port {port} is the cluster port of this server; choose another one");
        var taken = Entries.Find(entry => entry.Number == port && entry.Stage != PortStage.Emptying);
        if (taken is not null)
            return new(FailureCode.PortInUse, $"port {port} of this server is {Of(taken.Stage)}");
        return Count < max
            ? null
            : new(FailureCode.OutOfRange, $"this server has {Count} business ports, and worker.maxPorts allows {max}; close one first");
    }

    /// <summary>Why a port cannot be closed; <see langword="null"/> when it can.</summary>
    /// <param name="port">The port.</param>
    /// <param name="drainSeconds">Seconds after which its clients are closed, if they are to be.</param>
    /// <param name="serverDrains">Whether the whole server is being drained.</param>
    public CommandOutcome.Refused? WhyNotClose(int port, int? drainSeconds, bool serverDrains)
    {
        if (drainSeconds is < 0 or > MaxDrainSeconds)
            return new(FailureCode.OutOfRange, $"a drain of {drainSeconds} s is not possible; allowed is 0 to {MaxDrainSeconds} s");
        var open = Open;
        if (!open.Contains(port))
            return new(FailureCode.OutOfRange, $"port {port} is no open business port of this server; {(open.IsEmpty ? "none is open" : $"open: {Words}")}");
        return open.Length > 1 || serverDrains
            ? null
            : new(FailureCode.OutOfRange, $"port {port} is the last business port; drain the server (action 10), then it can be closed");
    }

    private int Count => Entries.Count(entry => entry.Stage is PortStage.Opening or PortStage.Open);

    private static string Of(PortStage stage) => stage switch
    {
        PortStage.Opening => "being opened already",
        PortStage.Open => "open already",
        _ => "just being closed; try again",
    };

    private IEnumerable<BusinessPort> At(PortStage stage) => Entries.Where(entry => entry.Stage == stage);

    private PortBook Change(IActorRef acceptor, Func<BusinessPort, BusinessPort> change) =>
        this with { Entries = [.. Entries.Select(entry => entry.Acceptor.Equals(acceptor) ? change(entry) : entry)] };
}
