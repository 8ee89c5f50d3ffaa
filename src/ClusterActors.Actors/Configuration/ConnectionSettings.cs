namespace ClusterActors.Actors.Configuration;

/// <summary>Section <c>connection</c>: bounds of one connection, on business ports and on the cluster port.</summary>
public sealed record ConnectionSettings
{
    private const int KiB = 1024;
    private const int MiB = 1024 * KiB;
    private const int GiB = 1024 * MiB;

    /// <summary>An opening not complete after this is refused, 100 ms - 5 min (PROTOCOL.md section 1). Key <c>handshakeTimeout</c>.</summary>
    public required TimeSpan HandshakeTimeout { get; init; }

    /// <summary>Longest CshBBrain handshake in bytes, 128 - 64 KiB (PROTOCOL.md section 1). Key <c>maxHandshakeBytes</c>.</summary>
    public required int MaxHandshakeBytes { get; init; }

    /// <summary>Longest HTTP request head in bytes, 512 - 1 MiB (PROTOCOL.md section 7). Key <c>maxHttpHeadBytes</c>.</summary>
    public required int MaxHttpHeadBytes { get; init; }

    /// <summary>Longest message in bytes, 1 KiB - 1 GiB; a longer one is answered with close 1009 (PROTOCOL.md section 2). Key <c>maxMessageBytes</c>.</summary>
    public required int MaxMessageBytes { get; init; }

    /// <summary>
    /// A connection silent for half of this is pinged, for all of it closed, 1 s - 1 d; <see langword="null"/> = off. Key <c>idleTimeout</c>.
    /// </summary>
    public required TimeSpan? IdleTimeout { get; init; }

    /// <summary>Bytes waiting for a peer above which it is not read, 4 KiB - 1 GiB. Key <c>outputHighWater</c>.</summary>
    public required int OutputHighWater { get; init; }

    /// <summary>Bytes waiting for a peer above which it is closed, up to 1 GiB; holds at least one message. Key <c>outputLimit</c>.</summary>
    public required int OutputLimit { get; init; }

    /// <summary>A peer that takes nothing of its waiting output for this long is closed, 100 ms - 1 h. Key <c>slowConsumerTimeout</c>.</summary>
    public required TimeSpan SlowConsumerTimeout { get; init; }

    /// <summary>Time a peer has to answer a close frame, 10 ms - 1 min (PROTOCOL.md section 2). Key <c>closeTimeout</c>.</summary>
    public required TimeSpan CloseTimeout { get; init; }

    /// <summary>Idle time before TCP asks whether the peer still lives, 1 s - 1 d (RFC 1122 section 4.2.3.6). Key <c>keepAlive</c>.</summary>
    public required TimeSpan KeepAlive { get; init; }

    /// <summary>Connections the system may hold for a port until they are accepted, 1-65535. Key <c>backlog</c>.</summary>
    public required int Backlog { get; init; }

    /// <summary>What moves the bytes. Key <c>engine</c>.</summary>
    public required ConnectionEngine Engine { get; init; }

    internal static ConnectionSettings Read(SettingsReader reader)
    {
        var settings = reader.Complete(new ConnectionSettings
        {
            HandshakeTimeout = reader.Time("handshakeTimeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5)),
            MaxHandshakeBytes = reader.Size("maxHandshakeBytes", 128, 64 * KiB),
            MaxHttpHeadBytes = reader.Size("maxHttpHeadBytes", 512, MiB),
            MaxMessageBytes = reader.Size("maxMessageBytes", KiB, GiB),
            IdleTimeout = reader.TimeOrOff("idleTimeout", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
            OutputHighWater = reader.Size("outputHighWater", 4 * KiB, GiB),
            OutputLimit = reader.Size("outputLimit", 4 * KiB, GiB),
            SlowConsumerTimeout = reader.Time("slowConsumerTimeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1)),
            CloseTimeout = reader.Time("closeTimeout", TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1)),
            KeepAlive = reader.Time("keepAlive", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
            Backlog = reader.Integer("backlog", 1, 65535),
            Engine = reader.Choice(
                "engine", ("auto", ConnectionEngine.Auto), ("epoll", ConnectionEngine.Epoll), ("sockets", ConnectionEngine.Sockets)),
        });

        if (settings.OutputHighWater > settings.OutputLimit)
        {
            reader.Refuse("outputHighWater", "it is above outputLimit", $"at most outputLimit, {SettingText.Of(settings.OutputLimit)}", "outputLimit");
        }

        if (settings.OutputLimit < settings.MaxMessageBytes)
        {
            reader.Refuse(
                "outputLimit",
                "one message could exceed it and close its receiver",
                $"at least maxMessageBytes, {SettingText.Of(settings.MaxMessageBytes)}",
                "maxMessageBytes");
        }

        return settings;
    }
}
