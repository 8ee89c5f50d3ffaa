using System.Buffers;

namespace ClusterActors.Protocol;

/// <summary>
/// The form of a lease token: 1-64 characters of <c>A-Z a-z 0-9 _ -</c>, so that it needs no encoding in a header,
/// a parameter or a request target (PROTOCOL.md section 4).
/// </summary>
public static class LeaseToken
{
    /// <summary>Longest token, in characters.</summary>
    public const int MaxLength = 64;

    internal const string Form = "1-64 characters of A-Z a-z 0-9 _ -";

    private static readonly SearchValues<byte> Bytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"u8);

    private static readonly SearchValues<char> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <summary>Whether the text can stand as a lease token.</summary>
    public static bool IsValid(ReadOnlySpan<char> token) =>
        token.Length is > 0 and <= MaxLength && !token.ContainsAnyExcept(Characters);

    internal static bool IsValid(ReadOnlySpan<byte> token) =>
        token.Length is > 0 and <= MaxLength && !token.ContainsAnyExcept(Bytes);
}
