using ClusterActors.Node.Run;
using FsCheck;
using FsCheck.Xunit;

namespace ClusterActors.Node.Tests.Run;

public class RestartBackoffSpecs
{
    private static IEnumerable<double> Pauses(params double[] livedSeconds)
    {
        var backoff = RestartBackoff.First;
        foreach (var lived in livedSeconds)
        {
            (var pause, backoff) = backoff.After(TimeSpan.FromSeconds(lived));
            yield return pause.TotalSeconds;
        }
    }

    [Fact]
    public void The_pause_doubles_from_one_second_to_thirty() => Assert.Equal([1, 2, 4, 8, 16, 30, 30], Pauses(0, 0, 0, 0, 0, 0, 0));

    [Fact]
    public void It_is_one_second_again_after_a_life_of_a_minute() => Assert.Equal([1, 2, 4, 1, 2], Pauses(5, 5, 5, 60, 5));

    [Property]
    public bool It_is_never_shorter_than_one_second_nor_longer_than_thirty(NonNegativeInt[] lives) =>
        Pauses([.. lives.Select(life => (double)life.Get)]).All(pause => pause is >= 1 and <= 30);
}
