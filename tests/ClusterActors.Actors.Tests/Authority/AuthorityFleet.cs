using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Actors.Tests.Harness;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests.Authority;

/// <summary>
/// Nodes that consist of their authority alone, in one actor system: each dials whom its authority tells it to, and links are actors that
/// hand over what the far end would have read. Disks are real; a test can let time pass.
/// </summary>
internal sealed class AuthorityFleet : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, AuthorityNode> _nodes = new();
    private readonly TemporaryFiles _files = new();

    private AuthorityFleet(double lease)
    {
        Lease = TimeSpan.FromSeconds(lease);
        System.EventStream.Subscribe(System.ActorOf(LogKeeper.Props(Log)), typeof(LogEvent));
    }

    public ActorSystem System { get; } = ActorSystem.Create(
        "fleet",
        ConfigurationFactory.ParseString("akka { loglevel = DEBUG, stdout-loglevel = OFF, loggers = [] }").WithFallback(NodeRegistration.ReadAkkaReference()));

    public TimeSpan Lease { get; }

    public FleetClock Clock { get; } = new();

    public ConcurrentQueue<string> Log { get; } = new();

    public string Root => _files.Root;

    /// <param name="lease">Seconds; long, so that a slow machine ends nothing.</param>
    public static AuthorityFleet Of(double lease = 30) => new(lease);

    /// <summary>The node of that name; null when it does not run.</summary>
    public AuthorityNode? Find(string name) => _nodes.GetValueOrDefault(name);

    /// <summary>Starts a node; it takes part at once.</summary>
    /// <param name="name">Its name; its node id is the same with an n before it.</param>
    /// <param name="voters">Who votes, in the order of the configuration.</param>
    /// <param name="role">1 is a worker, 2 a manager, 3 both.</param>
    /// <param name="fence">What is in its fence file; null for none.</param>
    /// <param name="opens">Whether its cluster port is open.</param>
    public AuthorityNode Start(string name, string[] voters, int role = 2, Fence? fence = null, bool opens = true)
    {
        var node = new AuthorityNode(this, name, voters, role, fence);
        _nodes[name] = node;
        if (opens)
            node.Open();
        return node;
    }

    /// <summary>Lets time pass until a condition holds; a second at a time, so that everybody can do in between what is due.</summary>
    public async Task PassUntilAsync(Func<bool> condition, string expectation)
    {
        using var passing = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var left = Eventually.Limit / passing.Period; !condition(); left--)
        {
            Assert.True(left > 0, $"not within {Eventually.Limit.TotalSeconds} s: {expectation}");
            await passing.WaitForNextTickAsync();
            Clock.Pass(TimeSpan.FromSeconds(1));
            foreach (var node in _nodes.Values)
                node.Authority.Tell(AuthorityInput.Tick.Instance);
        }
    }

    /// <summary>Ends a node without a word to the others. Its files are its successor's then.</summary>
    public async Task KillAsync(AuthorityNode node)
    {
        _nodes.TryRemove(node.Name, out _);
        await node.StopAsync();
    }

    public Task HasLoggedAsync(string part) =>
        Eventually.HoldsAsync(() => Log.Any(line => line.Contains(part, StringComparison.Ordinal)), $"a log line with: {part}");

    public async ValueTask DisposeAsync()
    {
        await System.Terminate().WaitAsync(Eventually.Limit);
        _files.Dispose();
    }
}
