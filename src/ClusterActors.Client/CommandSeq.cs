using System.Buffers.Text;
using System.Security.Cryptography;

namespace ClusterActors.Client;

/// <summary>Names commands, so that each is executed once however often it is sent (PROTOCOL.md section 4.4).</summary>
public static class CommandSeq
{
    private const int Bytes = 16;

    /// <summary>A name that nobody else gives: 128 random bits in base64url, 22 characters.</summary>
    public static string New()
    {
        Span<byte> bits = stackalloc byte[Bytes];
        RandomNumberGenerator.Fill(bits);
        return Base64Url.EncodeToString(bits);
    }
}
