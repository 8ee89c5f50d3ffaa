using ClusterActors.Protocol.Handshake;

namespace ClusterActors.Protocol.Tests.Handshake;

public class OpeningDetectorSpecs
{
    [Theory]
    [InlineData("", Opening.NeedMore)]
    [InlineData("G", Opening.NeedMore)]
    [InlineData("GET", Opening.NeedMore)]
    [InlineData("GET ", Opening.Http)]
    [InlineData("GET / HTTP/1.1\r\n", Opening.Http)]
    [InlineData("POST /", Opening.Http)]
    [InlineData("OPTIONS *", Opening.Http)]
    [InlineData("PRI * HTTP/2.0", Opening.Http)] // HTTP/2 preface: gets an HTTP answer
    [InlineData("C", Opening.NeedMore)] // CshBBrain or CONNECT
    [InlineData("CO", Opening.NeedMore)]
    [InlineData("CONNECT ", Opening.Http)]
    [InlineData("Cs", Opening.CshBBrain)]
    [InlineData("c", Opening.CshBBrain)]
    [InlineData("CSHBBRAIN\n", Opening.CshBBrain)]
    [InlineData("get /", Opening.CshBBrain)] // methods are case-sensitive; refused there in words
    [InlineData("GETX", Opening.CshBBrain)]
    [InlineData("\u0016\u0003\u0001", Opening.CshBBrain)] // TLS on a plain port
    public void The_first_bytes_decide(string text, Opening expected) => Assert.Equal(expected, OpeningDetector.Detect(Bytes.Of(text)));

    [Theory]
    [InlineData("CshBBrain\r\n", Opening.CshBBrain)]
    [InlineData("GET / HTTP/1.1\r\n", Opening.Http)]
    public void A_prefix_never_decides_otherwise(string text, Opening expected)
    {
        for (var length = 0; length < text.Length; length++)
            Assert.Contains(OpeningDetector.Detect(Bytes.Of(text[..length])), new[] { Opening.NeedMore, expected });
    }
}
