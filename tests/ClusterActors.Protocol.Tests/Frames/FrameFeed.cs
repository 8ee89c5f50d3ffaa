using System.Globalization;
using System.Text;
using ClusterActors.Protocol.Frames;

namespace ClusterActors.Protocol.Tests.Frames;

/// <summary>Feeds segments to a reader the way a connection does and writes down what it answers.</summary>
internal sealed class FrameFeed(FrameRules rules) : IDisposable
{
    private byte[] _held = [];

    public FrameReader Reader { get; } = new(rules);

    public List<string> Events { get; } = [];

    public int NeededBytes { get; private set; }

    /// <summary>Bytes of a frame that is not complete.</summary>
    public int Held => _held.Length;

    public static List<string> Run(FrameRules rules, params IEnumerable<byte[]> segments)
    {
        using var feed = new FrameFeed(rules);
        foreach (var segment in segments)
            feed.Receive(segment);
        return feed.Events;
    }

    public void Receive(ReadOnlySpan<byte> segment)
    {
        _held = [.. _held, .. segment];
        var rest = _held.AsSpan();
        while (true)
        {
            var found = Reader.Read(rest, out var consumed);
            rest = rest[consumed..];
            if (found.Kind == FrameEventKind.NeedMore)
            {
                NeededBytes = found.NeededBytes;
                Assert.True(rest.Length == 0 ? NeededBytes == 0 : NeededBytes > rest.Length);
                break;
            }

            Events.Add(Describe(found));
        }

        _held = rest.ToArray();
    }

    public void Dispose() => Reader.Dispose();

    private static string Describe(FrameEvent found) => found.Kind switch
    {
        FrameEventKind.Text => $"text {Encoding.UTF8.GetString(found.Payload)}",
        FrameEventKind.Close => string.Create(CultureInfo.InvariantCulture, $"close {found.CloseCode} {found.Reason}"),
        FrameEventKind.Violation => string.Create(CultureInfo.InvariantCulture, $"violation {found.CloseCode} {found.Reason}"),
        _ => $"{found.Kind.ToString().ToLowerInvariant()} {Convert.ToHexString(found.Payload)}",
    };
}
