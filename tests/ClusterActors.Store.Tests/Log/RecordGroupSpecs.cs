using ClusterActors.Store.Log;

namespace ClusterActors.Store.Tests.Log;

public class RecordGroupSpecs
{
    private static string? Reason(byte[] bytes)
    {
        Assert.False(RecordGroup.TryRead(bytes, out var group, out var reason));
        Assert.Null(group);
        return reason;
    }

    [Fact]
    public void What_a_writer_wrote_is_a_group()
    {
        var written = LogExamples.Group(7, 3);

        Assert.True(RecordGroup.TryRead(written.Bytes, out var read, out _));

        Assert.Equal((3, new LogPoint(LogExamples.Term, 7), new LogPoint(LogExamples.Term, 9)), (read!.Count, read.First, read.Last));
        Assert.Equal((written.Count, written.First, written.Last), (read.Count, read.First, read.Last));
    }

    [Fact]
    public void The_terms_in_it_are_told()
    {
        byte[] bytes =
        [
            .. LogExamples.Group(new LogTerm(1, 5), 7, 2).Bytes.Span,
            .. LogExamples.BeginTerm(new LogTerm(2, 1), 9).Bytes.Span,
            .. LogExamples.Group(new LogTerm(2, 1), 10, 2).Bytes.Span,
        ];

        Assert.True(RecordGroup.TryRead(bytes, out var group, out _));

        Assert.Equal([new LogPoint(new LogTerm(1, 5), 7), new LogPoint(new LogTerm(2, 1), 9)], group!.Terms.AsEnumerable());
        Assert.Equal(new LogPoint(new LogTerm(2, 1), 11), group.Last);
    }

    [Fact]
    public void Nothing_is_no_group()
    {
        Assert.Equal("byte 0: the record is not whole", Reason([]));
        Assert.Throws<InvalidOperationException>(new GroupWriter(LogExamples.Term, 1).Finish);
    }

    [Fact]
    public void A_gap_an_older_term_and_half_a_record_are_named_with_their_place()
    {
        var one = LogExamples.Group(new LogTerm(2, 1), 7, 1).Bytes.ToArray();
        var length = one.Length;

        Assert.Equal($"byte {length}: record 2.1.9 does not follow 2.1.7", Reason([.. one, .. LogExamples.Group(new LogTerm(2, 1), 9, 1).Bytes.Span]));
        Assert.Equal($"byte {length}: record 2.1.7 does not follow 2.1.7", Reason([.. one, .. one]));
        Assert.Equal(
            $"byte {length}: record 1.9.8 is of an older term than 2.1.7 before it", Reason([.. one, .. LogExamples.Group(new LogTerm(1, 9), 8, 1).Bytes.Span]));
        Assert.Equal($"byte {length}: the record is not whole", Reason([.. one, 50, 0, 0, 0]));
        Assert.Equal("byte 0: its checksum does not belong to what it says", Reason([.. one[..^1], (byte)~one[^1]]));
    }
}
