using System.Text;
using System.Text.Unicode;

namespace ClusterActors.Protocol.Messages;

/// <summary>
/// Collects the parameters of a report (PROTOCOL.md section 4) and checks each against what is allowed. Unknown names are ignored.
/// </summary>
internal ref struct ReportReader
{
    public const int MaxPorts = 1024;
    public const int MaxLeases = 16384;
    public const int MaxTextLength = 128;

    private int _coreCount, _readerWriterCount, _workerCount, _clientCount, _clustersCount, _localCount, _port;
    private int? _role, _maxClientCount, _acceptorCount, _queueLength;
    private long? _epoch, _memoryTotal, _memoryUsed, _processMemory;
    private double? _cpuUsage, _processCpuUsage;
    private string? _node, _version;
    private int[]? _ports;
    private string[]? _leases;
    private bool _draining;
    private string? _allowed;

    /// <summary>Takes one parameter, its value decoded.</summary>
    /// <returns>False with a reason that names parameter, value and what is allowed.</returns>
    public bool TryTake(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value, out string? reason)
    {
        var taken = name.Length switch
        {
            4 => name.SequenceEqual("port"u8) ? Whole(value, 65535, ref _port)
                : name.SequenceEqual("node"u8) ? Text(value, ref _node)
                : !name.SequenceEqual("role"u8) || Role(value),
            5 => name.SequenceEqual("ports"u8) ? Ports(value) : !name.SequenceEqual("epoch"u8) || Whole(value, ref _epoch),
            6 => !name.SequenceEqual("leases"u8) || Leases(value),
            7 => !name.SequenceEqual("version"u8) || Text(value, ref _version),
            8 => name.SequenceEqual("cpuUsage"u8) ? Percent(value, ref _cpuUsage)
                : !name.SequenceEqual("draining"u8) || Flag(value, ref _draining),
            9 => !name.SequenceEqual("coreCount"u8) || Whole(value, int.MaxValue, ref _coreCount),
            10 => name.SequenceEqual("localCount"u8) ? Whole(value, int.MaxValue, ref _localCount)
                : !name.SequenceEqual("memoryUsed"u8) || Whole(value, ref _memoryUsed),
            11 => name.SequenceEqual("clientCount"u8) ? Whole(value, int.MaxValue, ref _clientCount)
                : name.SequenceEqual("workerCount"u8) ? Whole(value, int.MaxValue, ref _workerCount)
                : name.SequenceEqual("queueLength"u8) ? Whole(value, int.MaxValue, ref _queueLength)
                : !name.SequenceEqual("memoryTotal"u8) || Whole(value, ref _memoryTotal),
            13 => name.SequenceEqual("clustersCount"u8) ? Whole(value, int.MaxValue, ref _clustersCount)
                : name.SequenceEqual("acceptorCount"u8) ? Whole(value, int.MaxValue, ref _acceptorCount)
                : !name.SequenceEqual("processMemory"u8) || Whole(value, ref _processMemory),
            14 => !name.SequenceEqual("maxClientCount"u8) || Whole(value, int.MaxValue, ref _maxClientCount),
            15 => !name.SequenceEqual("processCpuUsage"u8) || Percent(value, ref _processCpuUsage),
            17 => !name.SequenceEqual("readerWriterCount"u8) || Whole(value, int.MaxValue, ref _readerWriterCount),
            _ => true,
        };
        reason = taken ? null : $"{Encoding.ASCII.GetString(name)} {Wording.Quote(value)} must be {_allowed}";
        return taken;
    }

    /// <summary>The report; what no parameter named is absent.</summary>
    public readonly ServerReport ToReport() => new()
    {
        CoreCount = _coreCount,
        ReaderWriterCount = _readerWriterCount,
        WorkerCount = _workerCount,
        ClientCount = _clientCount,
        ClustersCount = _clustersCount,
        LocalCount = _localCount,
        Port = _port,
        Node = _node,
        Version = _version,
        Epoch = _epoch,
        Role = _role,
        CpuUsage = _cpuUsage,
        ProcessCpuUsage = _processCpuUsage,
        MemoryTotal = _memoryTotal,
        MemoryUsed = _memoryUsed,
        ProcessMemory = _processMemory,
        MaxClientCount = _maxClientCount,
        AcceptorCount = _acceptorCount,
        Ports = _ports ?? [],
        QueueLength = _queueLength,
        Draining = _draining,
        Leases = _leases ?? [],
    };

    private bool Whole(scoped ReadOnlySpan<byte> value, int max, ref int field)
    {
        var good = NumberReading.TryReadWhole(value, max, out var number);
        field = (int)number;
        return good || Refuse(WholeUpTo(max));
    }

    private bool Whole(scoped ReadOnlySpan<byte> value, int max, ref int? field)
    {
        var number = 0;
        var good = Whole(value, max, ref number);
        field = number;
        return good;
    }

    private bool Whole(scoped ReadOnlySpan<byte> value, ref long? field)
    {
        var good = NumberReading.TryReadWhole(value, long.MaxValue, out var number);
        field = number;
        return good || Refuse(WholeUpTo(long.MaxValue));
    }

    private bool Role(scoped ReadOnlySpan<byte> value)
    {
        var good = NumberReading.TryReadWhole(value, 3, out var role) && role > 0;
        _role = (int)role;
        return good || Refuse("1, 2 or 3");
    }

    private bool Percent(scoped ReadOnlySpan<byte> value, ref double? field)
    {
        var good = NumberReading.TryReadPercent(value, out var percent);
        field = percent;
        return good || Refuse("a percentage from 0 to 100");
    }

    private bool Flag(scoped ReadOnlySpan<byte> value, ref bool field)
    {
        field = value.SequenceEqual("1"u8);
        return field || value.SequenceEqual("0"u8) || Refuse("0 or 1");
    }

    private bool Text(scoped ReadOnlySpan<byte> value, ref string? field)
    {
        if (value.IsEmpty || value.Length > MaxTextLength || !Utf8.IsValid(value) || value.ContainsAnyInRange((byte)0, (byte)0x1f))
            return Refuse($"1-{MaxTextLength} bytes of text");
        field = Encoding.UTF8.GetString(value);
        return true;
    }

    private bool Ports(scoped ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
            return true;
        var ports = new int[Math.Min(value.Count((byte)',') + 1, MaxPorts)];
        var count = 0;
        foreach (var range in value.Split((byte)','))
        {
            if (count == MaxPorts || !NumberReading.TryReadWhole(value[range], 65535, out var port) || port == 0)
                return Refuse($"at most {MaxPorts} ports from 1 to 65535 with commas in between");
            ports[count++] = (int)port;
        }

        _ports = ports;
        return true;
    }

    private bool Leases(scoped ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
            return true;
        var leases = new string[Math.Min(value.Count((byte)',') + 1, MaxLeases)];
        var count = 0;
        foreach (var range in value.Split((byte)','))
        {
            if (count == MaxLeases || !LeaseToken.IsValid(value[range]))
                return Refuse($"at most {MaxLeases} tokens of {LeaseToken.Form}, with commas in between");
            leases[count++] = Encoding.ASCII.GetString(value[range]);
        }

        _leases = leases;
        return true;
    }

    private bool Refuse(string allowed)
    {
        _allowed = allowed;
        return false;
    }

    private static string WholeUpTo(long max) => $"a whole number from 0 to {max}";
}
