namespace ClusterActors.Protocol.Data;

/// <summary>The words of the wire for what handler <c>data</c> knows (PROTOCOL.md section 8).</summary>
internal static class DataWords
{
    /// <summary>Every operation, for sentences.</summary>
    public const string Operations = "put, get, remove, list, watch, unwatch";

    public static DataOperation ToOperation(ReadOnlySpan<byte> word) => word switch
    {
        _ when word.SequenceEqual("get"u8) => DataOperation.Get,
        _ when word.SequenceEqual("put"u8) => DataOperation.Put,
        _ when word.SequenceEqual("remove"u8) => DataOperation.Remove,
        _ when word.SequenceEqual("list"u8) => DataOperation.List,
        _ when word.SequenceEqual("watch"u8) => DataOperation.Watch,
        _ when word.SequenceEqual("unwatch"u8) => DataOperation.Unwatch,
        _ => DataOperation.None,
    };

    public static string Of(DataOperation operation) => operation switch
    {
        DataOperation.Put => "put",
        DataOperation.Get => "get",
        DataOperation.Remove => "remove",
        DataOperation.List => "list",
        DataOperation.Watch => "watch",
        _ => "unwatch",
    };

    public static ReadOnlySpan<byte> Of(AckLevel level) => level switch
    {
        AckLevel.Local => "local"u8,
        AckLevel.One => "one"u8,
        _ => "all"u8,
    };

    public static AckLevel? ToAckLevel(ReadOnlySpan<byte> word) => word switch
    {
        _ when word.SequenceEqual("local"u8) => AckLevel.Local,
        _ when word.SequenceEqual("one"u8) => AckLevel.One,
        _ when word.SequenceEqual("all"u8) => AckLevel.All,
        _ => null,
    };

    public static ReadOnlySpan<byte> Of(DataChangeKind kind) => kind switch
    {
        DataChangeKind.Put => "put"u8,
        DataChangeKind.Remove => "remove"u8,
        _ => "expire"u8,
    };

    public static DataChangeKind? ToChangeKind(ReadOnlySpan<byte> word) => word switch
    {
        _ when word.SequenceEqual("put"u8) => DataChangeKind.Put,
        _ when word.SequenceEqual("remove"u8) => DataChangeKind.Remove,
        _ when word.SequenceEqual("expire"u8) => DataChangeKind.Expire,
        _ => null,
    };
}
