using ClusterActors.Protocol.Data;

namespace ClusterActors.Protocol.Tests.Data;

public class EntryVersionSpecs
{
    [Theory]
    [InlineData("0.0.0", 0, 0, 0)]
    [InlineData("3.2.17", 3, 2, 17)]
    [InlineData("9223372036854775807.9223372036854775807.9223372036854775807", long.MaxValue, long.MaxValue, long.MaxValue)]
    public void It_is_read_and_written(string text, long ownership, long start, long sequence)
    {
        Assert.True(EntryVersion.TryParse(Bytes.Of(text), out var version));

        Assert.Equal(new EntryVersion(ownership, start, sequence), version);
        Assert.Equal((text, text), (version.ToString(), Bytes.Text(version.Write)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("none")]
    [InlineData("1")]
    [InlineData("1.2")]
    [InlineData("1..2")]
    [InlineData(".1.2")]
    [InlineData("1.2.")]
    [InlineData("1.2.3.4")]
    [InlineData("1.2.-3")]
    [InlineData("1.2.9223372036854775808")]
    [InlineData("0000000000000000000000000000000000000000000000000000000001.2.3")]
    public void What_is_none_is_not_read(string text) => Assert.False(EntryVersion.TryParse(Bytes.Of(text), out _));

    [Fact]
    public void A_condition_holds_for_what_it_asks()
    {
        var (one, other) = (new EntryVersion(1, 1, 1), new EntryVersion(1, 2, 1));

        Assert.True(EntryCondition.Any.Holds(null) && EntryCondition.Any.Holds(one));
        Assert.True(EntryCondition.Absent.Holds(null));
        Assert.False(EntryCondition.Absent.Holds(one));
        Assert.True(EntryCondition.Of(one).Holds(one));
        Assert.False(EntryCondition.Of(one).Holds(other) || EntryCondition.Of(one).Holds(null));
    }
}
