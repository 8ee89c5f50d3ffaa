using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Manager;

namespace ClusterActors.Actors.Tests.Manager;

public class HolderNewsSpecs
{
    private static readonly AuthorityEvents.HolderChanged Other = new("10.0.0.2:9292", 4, IsSelf: false);

    private static ManagerDriver Fleet()
    {
        var manager = new ManagerDriver();
        manager.Report(1, ManagerDriver.AWorker("ours"));
        manager.Report(3, ManagerDriver.AWorker(null, port: 7075), PeerKind.CshBBrain);
        manager.Report(2, ManagerDriver.AWorker(null, port: 7074), PeerKind.CshBBrain);
        return manager;
    }

    private static IEnumerable<ManagerNotice.CannotFollow> News(ManagerDriver manager, AuthorityEvents.HolderChanged changed) =>
        HolderNews.Of(manager.State, changed).Cast<ManagerNotice.CannotFollow>();

    [Fact]
    public void Existing_CshBBrain_servers_cannot_follow_another_holder_and_are_named() =>
        Assert.Equal(
            [("10.0.0.2:7074", 2L, "10.0.0.2:9292"), ("10.0.0.3:7075", 3L, "10.0.0.2:9292")],
            News(Fleet(), Other).Select(news => (news.Node, news.Link.Value, news.Holder)));

    [Fact]
    public void When_it_is_this_server_they_need_not() => Assert.Empty(News(Fleet(), Other with { IsSelf = true }));

    [Fact]
    public void Those_that_are_gone_are_not_named()
    {
        var fleet = Fleet();
        fleet.Close(2);

        Assert.Equal([3L], News(fleet, Other).Select(news => news.Link.Value));
    }
}
