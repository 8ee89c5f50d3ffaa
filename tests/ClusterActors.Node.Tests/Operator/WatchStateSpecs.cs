using ClusterActors.Node.Operator;
using ClusterActors.Node.Tests.Client;

namespace ClusterActors.Node.Tests.Operator;

public class WatchStateSpecs
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.FromHours(1));

    [Fact]
    public void While_views_come_there_is_no_notice() => Assert.Null(WatchState.Seen(Views.Mixed, Noon).Notice);

    [Fact]
    public void The_notice_keeps_the_time_of_the_loss_and_takes_the_newest_reason()
    {
        var state = WatchState.Seen(Views.Mixed, Noon)
            .Lost("It broke.", Noon.AddSeconds(1))
            .Lost("It refuses.", Noon.AddSeconds(70));

        Assert.Equal("Not reachable since 12:00:01, trying on. It refuses. This is the view of 12:00:00:", state.Notice);
        Assert.Same(Views.Mixed, state.View);
    }

    [Fact]
    public void Before_the_first_view_there_is_none_to_show() =>
        Assert.Equal("Not reachable since 12:00:00, trying on. It refuses.", new WatchState().Lost("It refuses.", Noon).Notice);

    [Fact]
    public void A_loss_is_dated_by_the_first_look_in_vain()
    {
        var again = WatchState.Seen(Views.Mixed, Noon.AddSeconds(2)).Lost("It broke.", Noon.AddSeconds(3));

        Assert.Equal("Not reachable since 12:00:03, trying on. It broke. This is the view of 12:00:02:", again.Notice);
    }
}
