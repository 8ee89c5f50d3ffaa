using ClusterActors.Client;
using ClusterActors.Protocol.Messages;
using ClusterActors.TestSupport;

namespace ClusterActors.Node.Tests.Processes;

/// <summary>Commands that change a worker at random, and what it should be after them.</summary>
public sealed class RandomResizes(ManagerClient manager, string node, int seed, int threads, int readerWriters, IEnumerable<int> ports)
{
    private const int MostThreads = 16;
    private const int MostReaderWriters = 4;
    private const int MostPorts = 6;

    private readonly Random _random = new(seed);
    private readonly List<int> _ports = [.. ports];

    public int Threads { get; private set; } = threads;

    public int ReaderWriters { get; private set; } = readerWriters;

    /// <summary>Open business ports, in the order they were opened.</summary>
    public IReadOnlyList<int> Ports => _ports;

    /// <summary>Changes one thing.</summary>
    /// <returns>The port that was opened, if that was it.</returns>
    public async Task<int?> NextAsync()
    {
        switch (_random.Next(10))
        {
            case < 4:
                Threads = await SizeAsync(Threads, _random.Next(1, MostThreads + 1), count => new ServerCommand.AddThreads(count), count => new ServerCommand.RemoveThreads(count));
                return null;
            case < 8:
                ReaderWriters = await SizeAsync(
                    ReaderWriters, _random.Next(1, MostReaderWriters + 1), count => new ServerCommand.AddReaderWriters(count), count => new ServerCommand.RemoveReaderWriters(count));
                return null;
            default:
                return await ChangePortsAsync();
        }
    }

    private async Task<int> SizeAsync(int before, int after, Func<int, ServerCommand> add, Func<int, ServerCommand> remove)
    {
        if (before == after)
            return before;
        var outcome = await manager.CommandAsync(node, after > before ? add(after - before) : remove(before - after));
        Assert.Equal((before.ToString(), after.ToString()), (outcome.Before, outcome.After));
        return after;
    }

    private async Task<int?> ChangePortsAsync()
    {
        if (_ports.Count == 1 || (_ports.Count < MostPorts && _random.Next(2) == 0))
        {
            var port = FreePort.Next();
            await manager.CommandAsync(node, new ServerCommand.OpenPort(port));
            _ports.Add(port);
            return port;
        }

        var closed = _ports[_random.Next(_ports.Count)];
        await manager.CommandAsync(node, new ServerCommand.ClosePort(closed, null));
        _ports.Remove(closed);
        return null;
    }
}
