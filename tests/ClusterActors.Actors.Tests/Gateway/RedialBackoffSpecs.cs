using ClusterActors.Actors.Gateway;
using FsCheck.Xunit;

namespace ClusterActors.Actors.Tests.Gateway;

public class RedialBackoffSpecs
{
    private static readonly RedialBackoff Fresh = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10));

    [Fact]
    public void Pauses_double_up_to_the_largest()
    {
        var pauses = new List<double>();
        var backoff = Fresh;
        for (var i = 0; i < 9; i++)
        {
            (var pause, backoff) = backoff.Fail(1);
            pauses.Add(pause.TotalMilliseconds);
        }

        Assert.Equal([200, 400, 800, 1600, 3200, 6400, 10_000, 10_000, 10_000], pauses);
    }

    [Property]
    public bool Jitter_takes_at_most_half_of_a_pause(byte attempts, byte random)
    {
        var backoff = Fresh with { Attempt = attempts };
        var longest = backoff.Fail(1).Pause;
        var pause = backoff.Fail(random / 256.0).Pause;
        return pause >= longest / 2 && pause <= longest && longest <= Fresh.Max && longest >= Fresh.Min;
    }

    [Fact]
    public void It_never_gives_up_nor_overflows() =>
        Assert.Equal(TimeSpan.FromSeconds(10), (Fresh with { Attempt = int.MaxValue - 1 }).Fail(1).Pause);

    [Fact]
    public void The_smallest_pause_may_be_the_largest() =>
        Assert.Equal(TimeSpan.FromSeconds(1), new RedialBackoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), 7).Fail(1).Pause);

    [Fact]
    public void A_link_that_lived_begins_anew()
    {
        var (_, failed) = (Fresh with { Attempt = 3 }).Fail(0.5);

        Assert.Equal(0, failed.Lost(TimeSpan.FromMilliseconds(1600)).Attempt);
    }

    [Fact]
    public void A_link_shorter_than_the_pause_before_it_is_no_success()
    {
        var (_, failed) = (Fresh with { Attempt = 3 }).Fail(0.5);

        Assert.Equal(failed, failed.Lost(TimeSpan.FromMilliseconds(1599)));
    }

    [Fact]
    public void The_first_link_of_all_may_be_short() => Assert.Equal(Fresh, Fresh.Lost(TimeSpan.Zero));
}
