namespace ClusterActors.Store.Log;

/// <summary>What a record may say; the same for who writes and who reads.</summary>
internal static class RecordRules
{
    /// <summary>What is wrong with a record, or <see langword="null"/>.</summary>
    public static string? WhyNot(in LogRecord record)
    {
        if (record.Point.Sequence < 1)
            return $"its sequence is {record.Point.Sequence}; the first is 1";
        if (record.Point.Term.Ownership < 0 || record.Point.Term.Start < 0)
            return $"its term is {record.Point.Term}; both numbers are 0 or more";
        return record.Operation switch
        {
            RecordOperation.Put => WhyNoPut(record),
            RecordOperation.Remove => WhyNoKey(record) ?? WhyNotBare(record),
            RecordOperation.Term => record.Key.IsEmpty ? WhyNotBare(record) : "a term record has no key",
            _ => $"its operation is {(int)record.Operation}; known are 1 (put), 2 (remove) and 3 (term)",
        };
    }

    private static string? WhyNoPut(in LogRecord record)
    {
        if (record.Value.Length > RecordLimits.MaxValueBytes)
            return $"a value of {record.Value.Length} bytes; allowed are {RecordLimits.MaxValueBytes}";
        return record.Expiry < 0 ? $"its expiry is {record.Expiry}; allowed are 0 and later" : WhyNoKey(record);
    }

    private static string? WhyNoKey(in LogRecord record) =>
        record.Key.Length is < 1 or > RecordLimits.MaxKeyBytes
            ? $"a key of {record.Key.Length} bytes; allowed are 1 to {RecordLimits.MaxKeyBytes}"
            : null;

    private static string? WhyNotBare(in LogRecord record)
    {
        if (!record.Value.IsEmpty)
            return "only a put has a value";
        return record.Expiry != 0 ? "only a put has an expiry" : null;
    }
}
