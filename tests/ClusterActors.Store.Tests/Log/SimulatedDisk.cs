using ClusterActors.Store.Log;

namespace ClusterActors.Store.Tests.Log;

/// <summary>A disk that forgets what was not synced, sector by sector, and fails or stops the world where it is told to.</summary>
internal sealed class SimulatedDisk : ILogDisk
{
    private readonly List<(string? From, string? To, SimulatedFile? File)> _unsynced = [];
    private Dictionary<string, SimulatedFile> _names = [];
    private Dictionary<string, SimulatedFile> _durable = [];

    /// <summary>Changes made so far.</summary>
    public int Steps { get; private set; }

    /// <summary>The change, counted from 0, in front of which the world stops.</summary>
    public int StopBefore { get; set; } = int.MaxValue;

    /// <summary>Whether a change, given by operation, fails.</summary>
    public Func<string, bool> Fails { get; set; } = _ => false;

    public IReadOnlyDictionary<string, SimulatedFile> Files => _names;

    public string PathOf(string name) => name;

    public IReadOnlyList<string> Names() => [.. _names.Keys];

    public void CreateDirectory()
    {
    }

    public ILogFile Create(string name, long bytes)
    {
        Step("create");
        var file = new SimulatedFile(this, (int)bytes);
        Apply(_names, null, name, file);
        _unsynced.Add((null, name, file));
        return file;
    }

    public ILogFile Open(string name) => _names[name];

    public void Rename(string from, string to)
    {
        Step("rename");
        Apply(_names, from, to, null);
        _unsynced.Add((from, to, null));
    }

    public void Delete(string name)
    {
        Step("delete");
        Apply(_names, name, null, null);
        _unsynced.Add((name, null, null));
    }

    public void SyncNames()
    {
        Step("sync names");
        _durable = new Dictionary<string, SimulatedFile>(_names);
        _unsynced.Clear();
    }

    /// <summary>The power goes: names are as they were at some moment since they were synced, and so is every sector of every file.</summary>
    public void LosePower(Random random)
    {
        _names = new Dictionary<string, SimulatedFile>(_durable);
        foreach (var (from, to, file) in _unsynced.Take(random.Next(_unsynced.Count + 1)))
            Apply(_names, from, to, file);
        foreach (var file in _names.Values)
            file.LosePower(random);
        Restart();
    }

    /// <summary>The process ends, and the system writes what it was given.</summary>
    public void Restart()
    {
        _durable = new Dictionary<string, SimulatedFile>(_names);
        _unsynced.Clear();
        StopBefore = int.MaxValue;
        Fails = _ => false;
    }

    /// <summary>A disk with the same content, all of it durable.</summary>
    public SimulatedDisk Copy()
    {
        var copy = new SimulatedDisk();
        foreach (var (name, file) in _names)
            copy._names[name] = file.CopyTo(copy);
        copy.Restart();
        return copy;
    }

    internal void Step(string operation)
    {
        if (Steps++ >= StopBefore)
            throw new WorldStoppedException();
        if (!Fails(operation))
            return;
        var cause = new IOException("No space left on device");
        throw operation.StartsWith("sync", StringComparison.Ordinal)
            ? new LogSyncException("disk", cause)
            : new LogFailedException(operation, "disk", cause);
    }

    private static void Apply(Dictionary<string, SimulatedFile> names, string? from, string? to, SimulatedFile? file)
    {
        if (from is not null)
            names.Remove(from, out file);
        if (to is not null)
            names[to] = file!;
    }
}
