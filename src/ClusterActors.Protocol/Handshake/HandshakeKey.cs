using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace ClusterActors.Protocol.Handshake;

/// <summary>The random key of a handshake and the answer that proves it was read (PROTOCOL.md section 1, RFC 6455 section 4.2.2).</summary>
public static class HandshakeKey
{
    private const string Magic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <summary>A new key: 16 random bytes in base64, 24 characters.</summary>
    public static string Create() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));

    /// <summary>A new key of 24 lower-case hex digits, the form existing CshBBrain servers use themselves (PROTOCOL.md section 5).</summary>
    public static string CreateHex() => RandomNumberGenerator.GetHexString(HandshakeRequest.KeyLength, lowercase: true);

    /// <summary>The <c>Accept</c> value for a key: base64(SHA-1(key + the magic string of RFC 6455)), 28 characters.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "The protocol prescribes SHA-1; it shows that the key was read and protects nothing.")]
    public static string AcceptFor(string key) =>
        Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Magic)));

    internal static bool IsAcceptFor(string key, ReadOnlySpan<byte> accept) =>
        CryptographicOperations.FixedTimeEquals(accept, Encoding.ASCII.GetBytes(AcceptFor(key)));
}
