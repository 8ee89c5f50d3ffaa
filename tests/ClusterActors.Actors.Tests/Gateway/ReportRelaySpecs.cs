using ClusterActors.Actors.Gateway;
using ClusterActors.Protocol.Messages;
using Microsoft.Extensions.Time.Testing;

namespace ClusterActors.Actors.Tests.Gateway;

public class ReportRelaySpecs
{
    private readonly FakeTimeProvider _time = new();
    private readonly ReportRelay _relay;

    public ReportRelaySpecs() => _relay = new ReportRelay(_time);

    private static ServerReport Report(int clients, params string[] leases) => new() { ClientCount = clients, Leases = leases };

    [Fact]
    public void A_link_that_sent_nothing_has_nothing_to_hand_on()
    {
        Assert.Null(_relay.Next(out var wait));
        Assert.Null(wait);
        Assert.False(_relay.HasReported);
    }

    [Fact]
    public void The_first_report_is_handed_on_at_once()
    {
        _relay.Take(Report(1));

        Assert.Equal(1, _relay.Next(out _)?.ClientCount);
        Assert.True(_relay.HasReported);
    }

    [Fact]
    public void A_report_is_handed_on_once()
    {
        _relay.Take(Report(1));
        _ = _relay.Next(out _);
        _relay.Receipt();
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(_relay.Next(out _));
    }

    [Fact]
    public void The_next_waits_for_the_receipt()
    {
        _relay.Take(Report(1));
        _ = _relay.Next(out _);
        _relay.Take(Report(2));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(_relay.Next(out var wait));
        Assert.Null(wait);

        _relay.Receipt();
        Assert.Equal(2, _relay.Next(out _)?.ClientCount);
    }

    [Fact]
    public void After_the_receipt_it_waits_for_its_time_which_is_told_once()
    {
        _relay.Take(Report(1));
        _ = _relay.Next(out _);
        _relay.Receipt();
        _time.Advance(TimeSpan.FromMilliseconds(20));
        _relay.Take(Report(2));

        Assert.Null(_relay.Next(out var first));
        Assert.Null(_relay.Next(out var second));
        Assert.Equal((TimeSpan.FromMilliseconds(30), (TimeSpan?)null), (first, second));

        _time.Advance(TimeSpan.FromMilliseconds(30));
        _relay.IsDue();
        Assert.Equal(2, _relay.Next(out _)?.ClientCount);
    }

    [Fact]
    public void Of_a_flood_the_newest_report_and_all_leases_are_kept()
    {
        _relay.Take(Report(0));
        _ = _relay.Next(out _);
        for (var i = 1; i <= 1000; i++)
            _relay.Take(i % 2 == 0 ? Report(i, $"lease-{i}") : Report(i));
        _relay.Receipt();
        _time.Advance(ReportRelay.Spacing);

        var next = _relay.Next(out _);

        Assert.Equal(1000, next?.ClientCount);
        Assert.Equal(Enumerable.Range(1, 500).Select(i => $"lease-{i * 2}"), next?.Leases);
    }

    [Fact]
    public void Leases_that_were_handed_on_do_not_come_again()
    {
        _relay.Take(Report(1, "a"));
        _ = _relay.Next(out _);
        _relay.Take(Report(2, "b"));
        _relay.Receipt();
        _time.Advance(ReportRelay.Spacing);

        Assert.Equal(["b"], _relay.Next(out _)?.Leases);
    }

    [Fact]
    public void A_receipt_that_never_comes_is_waited_for_a_while_only()
    {
        _relay.Take(Report(1));
        _ = _relay.Next(out _);
        _relay.Take(Report(2));
        _time.Advance(ReportRelay.ReceiptLimit - TimeSpan.FromTicks(1));
        Assert.Null(_relay.Next(out _));

        _time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(2, _relay.Next(out _)?.ClientCount);
    }
}
