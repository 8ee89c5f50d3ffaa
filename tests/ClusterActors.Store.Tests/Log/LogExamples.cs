using System.Text;
using ClusterActors.Store.Log;

namespace ClusterActors.Store.Tests.Log;

/// <summary>Groups to write, and what is in a log.</summary>
internal static class LogExamples
{
    public static readonly LogTerm Term = new(3, 1);

    public static readonly LogOptions Small = new() { SegmentBytes = LogOptions.MinSegmentBytes };

    public static RecordGroup Group(LogTerm term, long first, int count, int valueBytes = 100)
    {
        var writer = new GroupWriter(term, first);
        for (var i = 0; i < count; i++)
            writer.Put(Encoding.UTF8.GetBytes($"key-{first + i}"), Value(first + i, valueBytes), (first + i) % 3 == 0 ? first + i : 0);
        return writer.Finish();
    }

    public static RecordGroup Group(long first, int count, int valueBytes = 100) => Group(Term, first, count, valueBytes);

    public static RecordGroup BeginTerm(LogTerm term, long sequence)
    {
        var writer = new GroupWriter(term, sequence);
        writer.BeginTerm();
        return writer.Finish();
    }

    /// <summary>Appends groups of a few records each, and syncs each.</summary>
    public static void Fill(OriginLog log, int groups, int records = 3, int valueBytes = 100)
    {
        for (var i = 0; i < groups; i++)
        {
            log.Append(Group(log.Index.Last.Term > Term ? log.Index.Last.Term : Term, log.Index.Last.Sequence + 1, records, valueBytes));
            log.Sync();
        }
    }

    /// <summary>The bytes of all records that a log holds.</summary>
    public static byte[] Content(OriginLog log, int maxBytes = int.MaxValue)
    {
        using var content = new MemoryStream();
        for (var next = log.Index.Base.Sequence + 1; log.ReadFrom(next, maxBytes) is { } group; next = group.Last.Sequence + 1)
            content.Write(group.Bytes.Span);
        return content.ToArray();
    }

    public static OriginLog Opened(LogOpening opening) => opening is LogOpening.Opened opened
        ? opened.Log
        : throw new Xunit.Sdk.XunitException($"the log was not opened: {opening}");

    private static byte[] Value(long sequence, int bytes)
    {
        var value = new byte[bytes];
        new Random((int)sequence).NextBytes(value);
        return value;
    }
}
