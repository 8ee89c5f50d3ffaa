namespace ClusterActors.Store.Log;

/// <summary>
/// Where the fields of a record are, little-endian:
/// <code>
///  0  u32  length      of the whole record, this field included; 44 or more
///  4  u32  crc32c      of bytes 0-3 and 8 to the end
///  8  i64  sequence    1 or more
/// 16  i64  ownership   0 or more
/// 24  i64  start       0 or more
/// 32  i64  expiry      milliseconds since 1970 (UTC); 0 = never; only in a put
/// 40  u8   operation   1 put, 2 remove, 3 term
/// 41  u8   0
/// 42  u16  key length  1 to 1024; 0 in a term record
/// 44       key, then the value: up to 1 MiB, only in a put
/// </code>
/// A length of 0 is where nothing is written yet.
/// </summary>
internal static class RecordLayout
{
    public const int Checksum = 4;
    public const int Sequence = 8;
    public const int Ownership = 16;
    public const int Start = 24;
    public const int Expiry = 32;
    public const int Operation = 40;
    public const int Zero = 41;
    public const int KeyLength = 42;
}
