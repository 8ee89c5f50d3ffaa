namespace ClusterActors.Protocol.Messages;

/// <summary>Reads actions 2-5, 7, 8 and 10 (PROTOCOL.md section 4.4) out of a message whose form has been checked.</summary>
internal ref struct CommandReader
{
    private int? _count;
    private int? _port;
    private int? _drain;
    private bool? _on;
    private long? _epoch;
    private string? _node;
    private string? _from;
    private string? _run;
    private string? _by;

    /// <summary>Whether <see cref="Read"/> knows the action.</summary>
    public static bool Knows(long action) => action is (>= 2 and <= 5) or 7 or 8 or 10;

    /// <summary>Reads a command, or says in words what is wrong with it.</summary>
    public static (Message? Message, string? Reason) Read(long action, ReadOnlySpan<byte> payload)
    {
        var reader = new CommandReader();
        var position = 0;
        while (ParameterReader.TrySplit(payload, ref position, out var name, out var value) == ReadStatus.Done)
        {
            if (reader.Take(action, name, value) is { } wrong)
                return (null, wrong);
        }

        return reader.Build(action) is { } command
            ? (new CommandRequest(command) { Node = reader._node, Epoch = reader._epoch, From = reader._from, Run = reader._run, By = reader._by }, null)
            : (null, $"action {action} needs {Needed(action)}");
    }

    private static string Needed(long action) => action switch
    {
        7 or 8 => "port",
        10 => "on",
        _ => "count",
    };

    private readonly ServerCommand? Build(long action) => action switch
    {
        2 when _count is { } count => new ServerCommand.AddThreads(count),
        3 when _count is { } count => new ServerCommand.RemoveThreads(count),
        4 when _count is { } count => new ServerCommand.AddReaderWriters(count),
        5 when _count is { } count => new ServerCommand.RemoveReaderWriters(count),
        7 when _port is { } port => new ServerCommand.OpenPort(port),
        8 when _port is { } port => new ServerCommand.ClosePort(port, _drain),
        10 when _on is { } on => new ServerCommand.Drain(on),
        _ => null,
    };

    /// <summary>Takes what the action has; what only another one has is ignored like every unknown name.</summary>
    private string? Take(long action, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (action <= 5 && name.SequenceEqual("count"u8))
            return TakeNumber("count", value, 1, ref _count);
        if (action is 7 or 8 && name.SequenceEqual("port"u8))
            return TakeNumber("port", value, 0, ref _port);
        if (action == 8 && name.SequenceEqual("drain"u8))
            return TakeNumber("drain", value, 0, ref _drain);
        if (action == 10 && name.SequenceEqual("on"u8))
            return TakeSwitch(value);
        if (name.SequenceEqual("epoch"u8))
            return TakeEpoch(value);
        if (name.SequenceEqual("node"u8))
            return TakeName("node", value, ref _node);
        if (name.SequenceEqual("from"u8))
            return TakeName("from", value, ref _from);
        if (name.SequenceEqual("run"u8))
            return TakeName("run", value, ref _run);
        return name.SequenceEqual("by"u8) ? TakeName("by", value, ref _by) : null;
    }

    private static string? TakeNumber(string name, ReadOnlySpan<byte> value, int min, ref int? target)
    {
        if (!NumberReading.TryReadWhole(Plain(value), int.MaxValue, out var number) || number < min)
            return $"{name} {Wording.Quote(value)} must be a whole number from {min} to {int.MaxValue}";
        target = (int)number;
        return null;
    }

    private string? TakeSwitch(ReadOnlySpan<byte> value)
    {
        var plain = Plain(value);
        _on = plain.SequenceEqual("1"u8);
        return _on.Value || plain.SequenceEqual("0"u8) ? null : $"on {Wording.Quote(value)} must be 0 or 1";
    }

    private string? TakeEpoch(ReadOnlySpan<byte> value)
    {
        if (!NumberReading.TryReadWhole(Plain(value), long.MaxValue, out var epoch))
            return $"epoch {Wording.Quote(value)} must be a whole number from 0 to {long.MaxValue}";
        _epoch = epoch;
        return null;
    }

    /// <summary>Takes a text that must be a name.</summary>
    public static string? TakeName(string name, ReadOnlySpan<byte> value, ref string? target)
    {
        target = value.Length <= CommandRequest.MaxNameBytes * 3 ? PercentCoding.DecodeText(value) : null;
        return CommandRequest.IsName(target)
            ? null
            : $"{name} {Wording.Quote(value)} must be 1-{CommandRequest.MaxNameBytes} bytes of UTF-8 without control characters";
    }

    /// <summary>The value without its escapes.</summary>
    public static ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> value) =>
        value.Contains((byte)'%') ? PercentCoding.Decode(value, new byte[value.Length]) : value;
}
