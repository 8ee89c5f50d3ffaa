using ClusterActors.Store.Log;

namespace ClusterActors.Store.Entries;

/// <summary>What is found by walking through the entries.</summary>
internal static class EntryListing
{
    private static ReadOnlySpan<byte> ExpiriesOnly => "x"u8;

    public static EntryPage List(EntryCursor cursor, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> after, int limit, int maxBytes, long now)
    {
        var names = new List<EntryName>();
        var bytes = 0;
        Span<byte> within = [EntryLayout.Entries, .. prefix];
        for (var found = SeekBehind(cursor, prefix, after); found; found = cursor.Next(within))
        {
            var expiry = EntryLayout.ReadExpiry(cursor.Value);
            if (expiry > 0 && expiry <= now)
                continue;
            bytes += cursor.Key.Length - 1;
            if (names.Count == limit || (names.Count > 0 && bytes > maxBytes))
                return new EntryPage(names, true);
            names.Add(new EntryName(cursor.Key[1..].ToArray(), EntryLayout.ReadVersion(cursor.Value), expiry));
        }

        return new EntryPage(names, false);
    }

    public static IReadOnlyList<EntryName> Expired(EntryCursor cursor, Rocks rocks, long until, int limit)
    {
        var names = new List<EntryName>();
        Span<byte> buffer = stackalloc byte[EntryLayout.MaxKeyBytes];
        for (var found = cursor.Seek(ExpiriesOnly, ExpiriesOnly); found && names.Count < limit; found = cursor.Next(ExpiriesOnly))
        {
            var expiry = EntryLayout.ReadExpiryOfKey(cursor.Key);
            if (expiry > until)
                break;
            var key = cursor.Key[EntryLayout.ExpiryPrefix..];
            if (rocks.Get(EntryLayout.WriteKey(buffer, key)) is { } stored && EntryLayout.ReadExpiry(stored) == expiry)
                names.Add(new EntryName(key.ToArray(), EntryLayout.ReadVersion(stored), expiry));
        }

        return names;
    }

    public static long? NextExpiry(EntryCursor cursor) =>
        cursor.Seek(ExpiriesOnly, ExpiriesOnly) ? EntryLayout.ReadExpiryOfKey(cursor.Key) : null;

    /// <summary>Moves to the first entry of a prefix that is behind a key.</summary>
    public static bool SeekBehind(EntryCursor cursor, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> after)
    {
        Span<byte> within = [EntryLayout.Entries, .. prefix];
        if (after.IsEmpty || after.SequenceCompareTo(prefix) < 0)
            return cursor.Seek(within, within);
        Span<byte> behind = [EntryLayout.Entries, .. after, 0];
        return cursor.Seek(behind, within);
    }
}
