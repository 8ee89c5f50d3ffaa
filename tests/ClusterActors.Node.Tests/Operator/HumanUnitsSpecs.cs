using ClusterActors.Node.Operator;
using FsCheck;
using FsCheck.Xunit;

namespace ClusterActors.Node.Tests.Operator;

public class HumanUnitsSpecs
{
    [Theory]
    [InlineData(null, "-")]
    [InlineData(0L, "0")]
    [InlineData(999L, "999")]
    [InlineData(12345L, "12,345")]
    public void Counts(long? count, string text) => Assert.Equal(text, HumanUnits.Count(count));

    [Theory]
    [InlineData(null, "-")]
    [InlineData(0L, "0 B")]
    [InlineData(1023L, "1023 B")]
    [InlineData(1024L, "1.0 KiB")]
    [InlineData(1536L, "1.5 KiB")]
    [InlineData(102348L, "99.9 KiB")]
    [InlineData(102400L, "100 KiB")]
    [InlineData(314572800L, "300 MiB")]
    [InlineData(8589934592L, "8.0 GiB")]
    [InlineData(1125899906842624L, "1024 TiB")] // there is no larger unit
    public void Bytes(long? bytes, string text) => Assert.Equal(text, HumanUnits.Bytes(bytes));

    [Theory]
    [InlineData(null, null, "-")]
    [InlineData(1536L, null, "1.5 KiB")]
    [InlineData(null, 1536L, "-/1.5 KiB")]
    [InlineData(536870912L, 8589934592L, "0.5/8.0 GiB")]
    [InlineData(0L, 8589934592L, "0.0/8.0 GiB")]
    public void Bytes_of_bytes(long? part, long? whole, string text) => Assert.Equal(text, HumanUnits.BytesOf(part, whole));

    [Theory]
    [InlineData(null, null, "-")]
    [InlineData(0.0, 0.0, "0/0")]
    [InlineData(99.6, 1.2, "100/1")]
    [InlineData(23.4, null, "23/-")]
    [InlineData(null, 5.0, "-/5")]
    public void Percents(double? first, double? second, string text) => Assert.Equal(text, HumanUnits.Percents(first, second));

    [Theory]
    [InlineData(0, "0.0 s")]
    [InlineData(312, "0.3 s")]
    [InlineData(9949, "9.9 s")]
    [InlineData(9950, "9 s")]
    [InlineData(59999, "59 s")]
    [InlineData(60000, "1 min")]
    [InlineData(3599999, "59 min")]
    [InlineData(3600000, "1 h")]
    [InlineData(172799999, "47 h")]
    [InlineData(172800000, "2 d")]
    public void Durations(long milliseconds, string text) =>
        Assert.Equal(text, HumanUnits.Duration(TimeSpan.FromMilliseconds(milliseconds)));

    [Theory]
    [InlineData(0, 100, "........")]
    [InlineData(1, 10000, "#.......")] // something is always seen
    [InlineData(50, 100, "####....")]
    [InlineData(9999, 10000, "#######.")] // only the whole fills it
    [InlineData(100, 100, "########")]
    [InlineData(101, 100, "########")]
    [InlineData(5, 0, "")]
    [InlineData(5, null, "")]
    public void Bars(long part, int? whole, string text) => Assert.Equal(text, Bar.Of(part, whole, unicode: false));

    [Property]
    public bool A_bar_has_its_width_whatever_the_numbers(long part, PositiveInt whole)
    {
        ArgumentNullException.ThrowIfNull(whole);
        return Bar.Of(part, whole.Get, unicode: true).Length == Bar.Width;
    }
}
