using static ClusterActors.Actors.Tests.Manager.ManagerDriver;

namespace ClusterActors.Actors.Tests.Manager;

/// <summary>
/// What a decision costs as the fleet grows, measured in bytes allocated on this thread: unlike time, the same on every machine.
/// </summary>
public class ScaleSpecs
{
    private static ManagerDriver Fleet(int size, int clients = 0)
    {
        var manager = new ManagerDriver();
        for (var link = 1; link <= size; link++)
            manager.Report(link, AWorker($"node-{link}", clients: clients, max: 5000));
        return manager;
    }

    private static long BytesOf(int times, Action<int> act)
    {
        act(0); // compiled and cached before it is measured
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var time = 1; time <= times; time++)
            act(time);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / times;
    }

    [Fact]
    public void An_allocation_among_2000_workers_costs_little_more_than_among_20()
    {
        var (small, large) = (Fleet(20), Fleet(2000));

        var ofSmall = BytesOf(1000, _ => small.Grant());
        var ofLarge = BytesOf(1000, _ => large.Grant());

        Assert.InRange(ofLarge, 1, ofSmall * 4);
    }

    [Fact]
    public void A_refusal_among_2000_full_workers_costs_little_more_than_among_20()
    {
        var (small, large) = (Fleet(20, clients: 5000), Fleet(2000, clients: 5000));

        var ofSmall = BytesOf(1000, _ => small.Refusal());
        var ofLarge = BytesOf(1000, _ => large.Refusal());

        Assert.InRange(ofLarge, 1, ofSmall * 2);
    }

    [Fact]
    public void A_report_among_2000_workers_costs_little_more_than_among_20()
    {
        var (small, large) = (Fleet(20), Fleet(2000));

        var ofSmall = BytesOf(1000, time => small.Report(1 + (time % 20), AWorker($"node-{1 + (time % 20)}", max: 5000)));
        var ofLarge = BytesOf(1000, time => large.Report(1 + (time % 2000), AWorker($"node-{1 + (time % 2000)}", max: 5000)));

        Assert.InRange(ofLarge, 1, ofSmall * 3);
    }

    [Fact]
    public void Workers_found_late_are_looked_at_once_and_not_by_every_request()
    {
        var manager = Fleet(2000);
        manager.Advance(5);
        manager.Refusal();
        Assert.Equal(2000, manager.TakeNotices().Count(notice => notice is ClusterActors.Actors.Manager.ManagerNotice.StateChanged
        {
            State: Protocol.Messages.ServerState.Late,
        }));

        var small = Fleet(20, clients: 5000);
        Assert.InRange(BytesOf(100, _ => manager.Refusal()), 1, BytesOf(100, _ => small.Refusal()) * 2);
        Assert.Empty(manager.TakeNotices());
    }

    [Fact]
    public void The_queue_of_leases_is_no_longer_than_what_was_given_in_one_lease_time()
    {
        var manager = Fleet(10);
        for (var second = 0; second < 100; second++)
        {
            for (var link = 1; link <= 10; link++)
                manager.Report(link, AWorker($"node-{link}", max: 5000));
            for (var request = 0; request < 20; request++)
                manager.Grant();
            manager.Advance(1);
        }

        Assert.InRange(manager.State.LeasesByExpiry.Count(), 180, 220);
    }
}
