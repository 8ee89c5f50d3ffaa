using System.Net;
using ClusterActors.Actors.Configuration;
using ClusterActors.Transport.Listening;

namespace ClusterActors.Actors.Gateway;

/// <summary>What the gateway and its connections are configured with. The defaults are in <c>reference.hocon</c>.</summary>
public sealed record GatewaySettings
{
    /// <summary>Node id of this server.</summary>
    public required string Node { get; init; }

    /// <summary>Address that other servers and clients are told. <c>host</c>.</summary>
    public required string Host { get; init; }

    /// <summary>Address that other servers are told for the cluster port; null: the same as <see cref="Host"/>. <c>clustersHost</c>.</summary>
    public string? ClusterHost { get; init; }

    /// <summary>Address the cluster port listens on; <see langword="null"/> for a lone server, which has none.</summary>
    public IPEndPoint? ClusterEndpoint { get; init; }

    /// <summary>Addresses of the business ports of a server that is a manager only (PROTOCOL.md section 7).</summary>
    public IReadOnlyList<IPEndPoint> PortalEndpoints { get; init; } = [];

    /// <summary>The managers, as host and cluster port: dialed, reported to by a worker, and voters for management authority. <c>clustersServer</c>.</summary>
    public IReadOnlyList<HostAndPort> Managers { get; init; } = [];

    /// <summary>Workers that vote too. <c>clustersWitness</c>.</summary>
    public IReadOnlyList<HostAndPort> Witnesses { get; init; } = [];

    /// <summary>Whether this server does business work, and so reports to its managers.</summary>
    public bool IsWorker { get; init; }

    /// <summary>Whether this server manages others from its start on; it then reports to itself too, over the same protocol as to everyone else.</summary>
    public bool IsManager { get; init; }

    /// <summary>Where a server that is no manager sends those who ask it for one; the first manager of <c>clustersServer</c>.</summary>
    public HostAndPort? OtherManager { get; init; }

    /// <summary>How a listening socket is set up.</summary>
    public ListenSettings Listen { get; init; } = new();

    /// <summary>Time for the handshake, from the first moment of the connection. <c>connection.handshakeTimeout</c>.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Largest handshake in bytes. <c>connection.maxHandshakeBytes</c>.</summary>
    public int MaxHandshakeBytes { get; init; } = 1024;

    /// <summary>Largest HTTP request head in bytes. <c>connection.maxHttpHeadBytes</c>.</summary>
    public int MaxHttpHeadBytes { get; init; } = 8192;

    /// <summary>Largest message in bytes. <c>connection.maxMessageBytes</c>.</summary>
    public int MaxMessageBytes { get; init; } = 1028 * 1024;

    /// <summary>Silence after which a connection is closed; it is pinged at half of it. <c>connection.idleTimeout</c>; <see langword="null"/> is off.</summary>
    public TimeSpan? IdleTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Silence after which a dialed manager is taken to be dead. <c>links.timeout</c>.</summary>
    public TimeSpan LinkTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time the manager of this node has to answer an operator's command, longer than it gives the worker. <c>manager.commandTimeout</c>.</summary>
    public TimeSpan CommandAnswerLimit { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>First pause before a manager is dialed again. <c>links.redialMin</c>.</summary>
    public TimeSpan RedialMin { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest pause before a manager is dialed again. <c>links.redialMax</c>.</summary>
    public TimeSpan RedialMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether requests for an allocation without <c>seq</c> are answered in the form of old servers. <c>compat.allocationReply</c>.</summary>
    public bool CshBBrainAllocationReplies { get; init; }
}
