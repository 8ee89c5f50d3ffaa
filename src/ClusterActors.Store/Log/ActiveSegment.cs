using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ClusterActors.Store.Log;

/// <summary>The newest segment: the one that is written to.</summary>
internal sealed class ActiveSegment : IDisposable
{
    /// <summary>What the name of a file ends with until it is whole; such a file is left over from a crash and means nothing.</summary>
    public const string Unfinished = ".new";

    private readonly ILogFile _file;
    private readonly long _capacity;

    /// <param name="file">The file, which is disposed of with this.</param>
    /// <param name="segment">What is in it.</param>
    /// <param name="durable">The highest mark in it.</param>
    public ActiveSegment(ILogFile file, Segment segment, long durable)
    {
        _file = file;
        _capacity = file.Length;
        Segment = segment;
        Marked = durable;
    }

    public Segment Segment { get; }

    /// <summary>The highest mark in it.</summary>
    public long Marked { get; private set; }

    /// <summary>Creates a segment, durably and under its name, behind a log that is synced.</summary>
    /// <param name="disk">The directory.</param>
    /// <param name="before">The last record of the log.</param>
    /// <param name="segmentBytes">The usual size.</param>
    /// <param name="groupBytes">Bytes that must fit in.</param>
    /// <exception cref="LogNoRoomException">There is no room for it; nothing has changed.</exception>
    /// <exception cref="LogFailedException">The disk refused.</exception>
    public static ActiveSegment Create(ILogDisk disk, LogPoint before, long segmentBytes, int groupBytes)
    {
        Span<byte> id = stackalloc byte[16];
        RandomNumberGenerator.Fill(id);
        var header = new SegmentHeader(before.Sequence + 1, before.Term, BinaryPrimitives.ReadUInt128LittleEndian(id));
        var unfinished = header.Name + Unfinished;
        var file = Reserve(disk, unfinished, Math.Max(segmentBytes, (long)SegmentHeader.Bytes + groupBytes + SegmentMark.Bytes));
        try
        {
            file.Write(header.Write(), 0);
            file.Sync();
            disk.Rename(unfinished, header.Name);
            disk.SyncNames();
            return new ActiveSegment(file, new Segment(header), before.Sequence);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Whether records fit in, and the mark behind them.</summary>
    public bool Fits(int bytes) => Segment.End + bytes + SegmentMark.Bytes <= _capacity;

    /// <summary>Writes a group that fits.</summary>
    public void Write(RecordGroup group)
    {
        var bytes = group.Bytes.Span;
        _file.Write(bytes, Segment.End);

        // The points between the ends are needed for nothing but the place of a record, and that only now and then.
        var sequence = group.First.Sequence;
        var terms = group.Terms;
        var term = 0;
        while (!bytes.IsEmpty)
        {
            while (term + 1 < terms.Length && terms[term + 1].Sequence <= sequence)
                term++;
            var length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
            Segment.AddRecord(new LogPoint(terms[term].Term, sequence++), length);
            bytes = bytes[length..];
        }
    }

    public void Sync() => _file.Sync();

    /// <summary>Writes down what is durable, unless that stands there already.</summary>
    public void Mark(long durable)
    {
        if (durable <= Marked || !Fits(0))
            return;
        Span<byte> mark = stackalloc byte[SegmentMark.Bytes];
        SegmentMark.Write(mark, durable, Segment.Header.Id);
        _file.Write(mark, Segment.End);
        Segment.AddMark();
        Marked = durable;
    }

    public void Dispose() => _file.Dispose();

    private static ILogFile Reserve(ILogDisk disk, string name, long bytes)
    {
        try
        {
            return disk.Create(name, bytes);
        }
        catch (LogFailedException failure)
        {
            throw new LogNoRoomException(failure.FilePath, failure.InnerException!);
        }
    }
}
