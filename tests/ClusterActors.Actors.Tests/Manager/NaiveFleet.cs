using ClusterActors.Actors.Manager;
using ClusterActors.Protocol.Messages;
using static ClusterActors.Actors.Manager.ManagerQueries;

namespace ClusterActors.Actors.Tests.Manager;

/// <summary>
/// Four workers that take 1 to 4 clients and really have them, beside a manager. What the manager should decide is worked out
/// from nothing but the rules in the design, without any index or queue.
/// </summary>
internal sealed class NaiveFleet
{
    private sealed class NaiveWorker(int number)
    {
        public string Node { get; } = $"node-{number}";

        public int Capacity { get; } = number + 1;

        public long Link { get; set; } = number + 1;

        public bool Known { get; set; }

        public bool Linked { get; set; }

        public bool Left { get; set; }

        public bool Draining { get; set; }

        public TimeSpan ReportedAt { get; set; }

        public TimeSpan AwaySince { get; set; }

        public int Clients { get; set; }

        public int ReportedClients { get; set; }

        public List<string> UnreportedClaims { get; } = [];
    }

    private readonly ManagerDriver _manager = new();
    private readonly NaiveWorker[] _workers = [.. Enumerable.Range(0, 4).Select(number => new NaiveWorker(number))];
    private readonly List<(string Token, NaiveWorker NaiveWorker, TimeSpan Expires)> _outstanding = [];
    private readonly HashSet<string> _unclaimed = [];

    private long _links = 10;

    public void Allocate(string? key)
    {
        _outstanding.RemoveAll(lease => lease.Expires <= _manager.Now);
        var free = _workers.Where(worker => StateOf(worker) == ServerState.Up && Taken(worker) < worker.Capacity).ToArray();

        if (_manager.Ask(key) is AllocationGranted granted)
        {
            var worker = Assert.Single(free, worker => worker.Node == granted.Node);
            _outstanding.Add((granted.Lease, worker, _manager.Now + granted.Expires));
            _unclaimed.Add(granted.Lease);
        }
        else
        {
            Assert.Empty(free);
        }
    }

    public void Report(int number, bool draining)
    {
        var worker = _workers[number % _workers.Length];
        if (!worker.Linked)
            worker.Link = ++_links;
        (worker.Known, worker.Linked, worker.Left, worker.Draining) = (true, true, false, draining);
        worker.ReportedAt = _manager.Now;
        worker.ReportedClients = worker.Clients;
        var report = ManagerDriver.AWorker(worker.Node, worker.Clients, worker.Capacity) with
        {
            Draining = draining,
            Leases = [.. worker.UnreportedClaims],
        };
        _outstanding.RemoveAll(lease => worker.UnreportedClaims.Contains(lease.Token));
        worker.UnreportedClaims.Clear();
        _manager.Report(worker.Link, report);
    }

    /// <summary>The client with the oldest lease connects, if its worker can still be reached and the lease is good.</summary>
    public void ClaimOldest()
    {
        var lease = _outstanding.FirstOrDefault(lease =>
            _unclaimed.Contains(lease.Token) && lease.NaiveWorker.Linked && lease.Expires > _manager.Now);
        if (lease.NaiveWorker is not { } worker)
            return;
        _unclaimed.Remove(lease.Token);
        worker.Clients++;
        worker.UnreportedClaims.Add(lease.Token);
    }

    public void Disconnect(int number)
    {
        var worker = _workers[number % _workers.Length];
        worker.Clients = Math.Max(0, worker.Clients - 1);
    }

    public void Close(int number, bool left)
    {
        var worker = _workers[number % _workers.Length];
        if (!worker.Linked)
            return;
        ReportClaims(worker);
        (worker.Linked, worker.Left, worker.AwaySince) = (false, left, _manager.Now);
        if (left)
        {
            worker.Clients = 0;
            _outstanding.RemoveAll(lease => lease.NaiveWorker == worker);
        }
        _manager.Close(worker.Link, left);
    }

    /// <summary>A claim is reported before its lease can expire, as it is with an interval far below the lease time.</summary>
    public void Advance(double seconds)
    {
        Array.ForEach(_workers, ReportClaims);
        _manager.Advance(seconds);
        _outstanding.RemoveAll(lease => lease.Expires <= _manager.Now);
    }

    public void AssertNothingIsOvershot() => Assert.All(_workers, worker => Assert.InRange(
        worker.Clients + _outstanding.Count(lease => lease.NaiveWorker == worker && _unclaimed.Contains(lease.Token)),
        0,
        worker.Capacity));

    public void AssertViewsAgree() => Assert.Equal(
        _workers.Where(worker => worker.Known).Select(worker => (worker.Node, StateOf(worker))),
        _manager.View().Servers.Select(server => (server.Node, server.State)));

    private void ReportClaims(NaiveWorker worker)
    {
        if (worker.UnreportedClaims.Count > 0)
            Report(Array.IndexOf(_workers, worker), worker.Draining);
    }

    private int Taken(NaiveWorker worker) => worker.ReportedClients + _outstanding.Count(lease => lease.NaiveWorker == worker);

    private ServerState StateOf(NaiveWorker worker)
    {
        var settings = ManagerDriver.Settings;
        if (!worker.Known || worker.Left)
            return ServerState.Gone;
        if (!worker.Linked)
            return _manager.Now - worker.AwaySince > settings.ForgetAfter ? ServerState.Gone : ServerState.Unreachable;
        if (_manager.Now - worker.ReportedAt > settings.LateAfter(PeerKind.ClusterActors))
            return ServerState.Late;
        return worker.Draining ? ServerState.Draining : ServerState.Up;
    }
}
