namespace ClusterActors.Protocol.Messages;

/// <summary>Reads actions 6, 71 and 72 (PROTOCOL.md section 4.6) out of a message whose form has been checked.</summary>
internal ref struct AuthorityReader
{
    private const int Moves = 6;
    private const int Forces = 71;
    private const int Readmits = 72;

    // What a server of either role can be dialed at is no longer than a DNS name.
    private const int MaxHostBytes = 253;
    private const int MaxVotersBytes = ForceAuthorityRequest.MaxVoters * (MaxHostBytes + 10) * 3;

    private string? _node;
    private string? _ip;
    private int? _port;
    private long? _epoch;
    private string? _by;
    private string[]? _voters;
    private bool _isConfirmed;

    /// <summary>Whether <see cref="Read"/> knows the action.</summary>
    public static bool Knows(long action) => action is Moves or Forces or Readmits;

    /// <summary>Reads a request, or says in words what is wrong with it.</summary>
    public static (Message? Message, string? Reason) Read(long action, ReadOnlySpan<byte> payload)
    {
        var reader = new AuthorityReader();
        var position = 0;
        while (ParameterReader.TrySplit(payload, ref position, out var name, out var value) == ReadStatus.Done)
        {
            if (reader.Take(action, name, value) is { } wrong)
                return (null, wrong);
        }

        return action switch
        {
            Moves => reader.BuildMove(),
            Forces => reader.BuildForce(),
            _ => (new ReadmitRequest { By = reader._by }, null),
        };
    }

    private readonly (Message? Message, string? Reason) BuildMove()
    {
        var isOrder = _node is not null && _ip is null && _port is null && _epoch is null;
        var isNews = _node is null && _ip is not null && _port is not null && _epoch is not null;
        return isOrder || isNews
            ? (new AuthorityMove { Node = _node, Ip = _ip, Port = _port, Epoch = _epoch, By = _by }, null)
            : (null, "action 6 needs either node, the server that is to take over, or ip, port and epoch, those of the holder");
    }

    private readonly (Message? Message, string? Reason) BuildForce()
    {
        if (_voters is not { } voters)
            return (null, "action 71 needs voters");
        return _isConfirmed
            ? (new ForceAuthorityRequest(voters) { By = _by }, null)
            : (null, "confirm must be 1: it says that every voter which is not among voters is stopped");
    }

    /// <summary>Takes what the action has; what only another one has is ignored like every unknown name.</summary>
    private string? Take(long action, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (name.SequenceEqual("by"u8))
            return CommandReader.TakeName("by", value, ref _by);
        return action switch
        {
            Moves => TakeOfMove(name, value),
            Forces => TakeOfForce(name, value),
            _ => null,
        };
    }

    private string? TakeOfMove(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (name.SequenceEqual("node"u8))
            return CommandReader.TakeName("node", value, ref _node);
        if (name.SequenceEqual("ip"u8))
            return TakeHost(value);
        if (name.SequenceEqual("port"u8))
            return TakePort(value);
        return name.SequenceEqual("epoch"u8) ? TakeEpoch(value) : null;
    }

    private string? TakeOfForce(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (name.SequenceEqual("voters"u8))
            return TakeVoters(value);
        if (name.SequenceEqual("confirm"u8))
            _isConfirmed = CommandReader.Plain(value).SequenceEqual("1"u8);
        return null;
    }

    private string? TakeHost(ReadOnlySpan<byte> value)
    {
        _ip = value.Length <= MaxHostBytes * 3 ? PercentCoding.DecodeText(value) : null;
        return _ip is { Length: > 0 and <= MaxHostBytes } && Uri.CheckHostName(_ip) != UriHostNameType.Unknown
            ? null
            : $"ip {Wording.Quote(value)} must be an IP address or a host name";
    }

    private string? TakePort(ReadOnlySpan<byte> value)
    {
        if (!NumberReading.TryReadWhole(CommandReader.Plain(value), 65535, out var port) || port == 0)
            return $"port {Wording.Quote(value)} must be a whole number from 1 to 65535";
        _port = (int)port;
        return null;
    }

    private string? TakeEpoch(ReadOnlySpan<byte> value)
    {
        if (!NumberReading.TryReadWhole(CommandReader.Plain(value), long.MaxValue, out var epoch))
            return $"epoch {Wording.Quote(value)} must be a whole number from 0 to {long.MaxValue}";
        _epoch = epoch;
        return null;
    }

    private string? TakeVoters(ReadOnlySpan<byte> value)
    {
        _voters = value.Length <= MaxVotersBytes ? PercentCoding.DecodeText(value)?.Split(',') : null;
        return _voters is { Length: <= ForceAuthorityRequest.MaxVoters }
            && _voters.All(ClusterAddress.IsValid)
            && _voters.Distinct(StringComparer.OrdinalIgnoreCase).Count() == _voters.Length
            ? null
            : $"voters {Wording.Quote(value)} must be 1-{ForceAuthorityRequest.MaxVoters} different addresses separated by commas, each {ClusterAddress.Form}";
    }
}
