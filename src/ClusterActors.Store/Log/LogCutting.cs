using System.Globalization;

namespace ClusterActors.Store.Log;

/// <summary>
/// Takes the newest records out of a log. A crash at any moment leaves a log that is whole and holds what stays: newer files go first,
/// newest of all, and the file that is cut in two is replaced by one that holds only what stays of it, with zeros behind.
/// </summary>
/// <param name="disk">The directory.</param>
internal sealed class LogCutting(ILogDisk disk)
{
    private const int CopyBytes = 1024 * 1024;

    /// <summary>Deletes files, so that after each step those that are left follow each other.</summary>
    public void Delete(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            disk.Delete(name);
            disk.SyncNames();
        }
    }

    /// <summary>Where a segment ends once it is cut.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="last">The last sequence that stays.</param>
    /// <exception cref="LogDamagedException">A record that was whole is not any more.</exception>
    public long EndOf(Segment segment, long last)
    {
        if (last < segment.Header.First)
            return SegmentHeader.Bytes;
        using var file = disk.Open(segment.Name);
        using var reader = new SegmentReader(file, segment.Header.Id, segment.Near(last));
        while (true)
        {
            var item = reader.Read(out var record, out _, out var wrong);
            if (item is SegmentItem.Nothing or SegmentItem.Wrong)
                throw new LogDamagedException(new LogDamage(disk.PathOf(segment.Name), reader.Offset, wrong ?? "nothing stands there"));
            if (item == SegmentItem.Record && record.Point.Sequence == last)
                return reader.Next;
        }
    }

    /// <summary>Replaces a segment by its beginning.</summary>
    /// <param name="segment">The segment, which nobody has open.</param>
    /// <param name="end">Where it ends.</param>
    public ActiveSegment Shorten(Segment segment, long end)
    {
        using var old = disk.Open(segment.Name);
        var file = disk.Create(segment.Name + ActiveSegment.Unfinished, old.Length);
        try
        {
            Copy(old, file, end);
            file.Sync();
            disk.Rename(segment.Name + ActiveSegment.Unfinished, segment.Name);
            disk.SyncNames();
            var scan = SegmentScan.Run(file, segment.Header);
            return new ActiveSegment(file, scan.Segment, scan.Durable);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes records to a file of their own, one behind the other; a file that is there already is left alone.</summary>
    /// <param name="path">The file; the first free of <c>path</c>, <c>path-2</c>, <c>path-3</c>, ...</param>
    /// <param name="groups">The records.</param>
    /// <returns>The file.</returns>
    public static string SetAside(string path, IEnumerable<RecordGroup> groups)
    {
        var free = path;
        for (var number = 2; Path.Exists(free); number++)
            free = path + "-" + number.ToString(CultureInfo.InvariantCulture);
        var directory = new LogDisk(Path.GetDirectoryName(Path.GetFullPath(free))!);
        var name = Path.GetFileName(free);
        directory.CreateDirectory();
        using (var file = directory.Create(name + ActiveSegment.Unfinished, 0))
        {
            var offset = 0L;
            foreach (var group in groups)
            {
                file.Write(group.Bytes.Span, offset);
                offset += group.Bytes.Length;
            }

            file.Sync();
        }

        directory.Rename(name + ActiveSegment.Unfinished, name);
        directory.SyncNames();
        return free;
    }

    private static void Copy(ILogFile from, ILogFile to, long length)
    {
        var bytes = new byte[(int)Math.Min(CopyBytes, length)];
        for (var offset = 0L; offset < length;)
        {
            var read = from.Read(bytes.AsSpan(0, (int)Math.Min(bytes.Length, length - offset)), offset);
            to.Write(bytes.AsSpan(0, read), offset);
            offset += read;
        }
    }
}
