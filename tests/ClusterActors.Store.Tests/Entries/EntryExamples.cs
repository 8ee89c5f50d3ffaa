using System.Text;
using ClusterActors.Store.Entries;
using ClusterActors.Store.Log;

namespace ClusterActors.Store.Tests.Entries;

/// <summary>Stores, and what is written to them and found in them.</summary>
internal static class EntryExamples
{
    public static readonly LogTerm Term = new(2, 1);

    public static readonly EntriesOptions Options = new() { BlockCacheBytes = 1024 * 1024, WriteBufferBytes = 1024 * 1024 };

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    public static LogPoint Point(long sequence) => new(Term, sequence);

    /// <summary>Applies a group: <c>key=value</c>, <c>key=value@expiry</c>, <c>-key</c>, or <c>term</c>.</summary>
    public static void Apply(this EntryStore store, params string[] writes) => store.Apply(Group(store.Applied.Sequence + 1, writes));

    public static RecordGroup Group(long first, params string[] writes)
    {
        var writer = new GroupWriter(Term, first);
        foreach (var write in writes)
        {
            if (write == "term")
                writer.BeginTerm();
            else if (write[0] == '-')
                writer.Remove(Bytes(write[1..]));
            else
                writer.Put(Bytes(write.Split('=')[0]), Bytes(write.Split('=', '@')[1]), write.Contains('@', StringComparison.Ordinal) ? long.Parse(write.Split('@')[1]) : 0);
        }

        return writer.Finish();
    }

    /// <summary>All entries: <c>key=value@expiry#sequence</c>.</summary>
    public static string[] All(EntryStore store)
    {
        using var view = store.OpenView();
        return All(view);
    }

    public static string[] All(EntriesView view)
    {
        var all = new List<string>();
        var after = ReadOnlyMemory<byte>.Empty;
        while (view.Read(after.Span, 100) is { Count: > 0 } chunk)
        {
            var rest = chunk.Records.Span;
            while (RecordReader.TryRead(ref rest, out var record, out _) == RecordStatus.Done)
                all.Add($"{Encoding.UTF8.GetString(record.Key)}={Encoding.UTF8.GetString(record.Value)}@{record.Expiry}#{record.Point.Sequence}");
            after = chunk.LastKey;
        }

        return [.. all];
    }

    public static string[] Keys(this IEnumerable<EntryName> names) => [.. names.Select(name => Text(name.Key))];
}
