using ClusterActors.Store.Log;

namespace ClusterActors.Store.Tests.Log;

/// <summary>A log is written, rolled, cut and dropped, and the world stops at any of its steps.</summary>
public class CrashSpecs
{
    private const int Seeds = 2000;

    /// <summary>What was promised about a log before the world stopped.</summary>
    private sealed class Promise
    {
        /// <summary>Every record that may be in the log, by sequence.</summary>
        public SortedDictionary<long, byte[]> Records { get; } = [];

        public long Durable { get; set; }

        /// <summary>The last record that may have been dropped.</summary>
        public long Dropped { get; set; }
    }

    [Fact]
    public void What_was_synced_is_found_whatever_happens_and_the_rest_is_a_beginning_of_what_was_written()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            try
            {
                Live(new Random(seed));
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"seed {seed}", failure);
            }
        }
    }

    private static void Live(Random random)
    {
        var disk = new SimulatedDisk();
        var promise = new Promise();
        var log = OriginLog.Create(disk, LogExamples.Small, LogPoint.Beginning);
        for (var life = 0; life < 4; life++)
        {
            disk.StopBefore = disk.Steps + random.Next(40);
            try
            {
                for (var i = 0; i < 20; i++)
                    Act(log, promise, random);
            }
            catch (WorldStoppedException)
            {
                // Found again below.
            }

            if (random.Next(3) == 0)
                disk.Restart();
            else
                disk.LosePower(random);
            log = Check(disk, promise, random);
        }
    }

    private static void Act(OriginLog log, Promise promise, Random random)
    {
        switch (random.Next(12))
        {
            case 0:
                promise.Durable = random.NextInt64(log.Index.Base.Sequence, Math.Max(log.Index.Base.Sequence, promise.Durable) + 1);
                log.CutAfter(promise.Durable, null);
                foreach (var cut in promise.Records.Keys.Where(sequence => sequence > promise.Durable).ToArray())
                    promise.Records.Remove(cut);
                Assert.Equal(promise.Durable, log.Index.Durable);
                break;
            case 1:
                var dropped = random.NextInt64(log.Index.Base.Sequence, log.Index.Durable + 1);
                promise.Dropped = Math.Max(promise.Dropped, dropped);
                log.DropBefore(dropped + 1);
                break;
            case 2 or 3 or 4 or 5:
                promise.Durable = log.Sync();
                break;
            default:
                var last = log.Index.Last;
                var term = random.Next(10) == 0 ? new LogTerm(last.Term.Ownership + 1, 0) : last.Term;
                var group = LogExamples.Group(term, last.Sequence + 1, random.Next(1, 6), random.Next(0, 900));
                for (var sequence = group.First.Sequence; sequence <= group.Last.Sequence; sequence++)
                    promise.Records[sequence] = Bytes(group, sequence);
                log.Append(group);
                break;
        }
    }

    private static OriginLog Check(SimulatedDisk disk, Promise promise, Random random)
    {
        var log = LogExamples.Opened(OriginLog.Open(disk, LogExamples.Small, promise.Durable));

        Assert.InRange(log.Index.Last.Sequence, promise.Durable, Math.Max(promise.Durable, promise.Records.Keys.LastOrDefault()));
        Assert.InRange(log.Index.Base.Sequence, 0, promise.Dropped);
        Assert.Equal(log.Index.Last.Sequence, log.Index.Durable);
        Assert.DoesNotContain(disk.Names(), name => name.EndsWith(".new", StringComparison.Ordinal));
        for (var next = log.Index.Base.Sequence + 1; log.ReadFrom(next, random.Next(2000)) is { } group; next = group.Last.Sequence + 1)
        {
            Assert.True(RecordGroup.TryRead(group.Bytes, out var read, out var reason), reason);
            Assert.Equal(next, read!.First.Sequence);
            for (var sequence = next; sequence <= group.Last.Sequence; sequence++)
                Assert.Equal(promise.Records[sequence], Bytes(group, sequence));
            Assert.Equal(log.Index.TermAt(group.Last.Sequence), group.Last.Term);
        }

        promise.Durable = log.Index.Last.Sequence;
        foreach (var lost in promise.Records.Keys.Where(sequence => sequence > promise.Durable).ToArray())
            promise.Records.Remove(lost);
        return log;
    }

    private static byte[] Bytes(RecordGroup group, long sequence)
    {
        var rest = group.Bytes.Span;
        while (true)
        {
            var before = rest;
            Assert.Equal(RecordStatus.Done, RecordReader.TryRead(ref rest, out var record, out _));
            if (record.Point.Sequence == sequence)
                return before[..record.Length].ToArray();
        }
    }
}
