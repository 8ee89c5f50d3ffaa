using System.Security.Cryptography;

namespace ClusterActors.Client;

/// <summary>Names commands, so that each is executed once however often it is sent (PROTOCOL.md section 4.4).</summary>
public static class CommandSeq
{
    private const int Bytes = 12;

    /// <summary>A name that nobody else gives: 96 random bits as 24 hex digits, which a command line takes for no option.</summary>
    public static string New()
    {
        Span<byte> bits = stackalloc byte[Bytes];
        RandomNumberGenerator.Fill(bits);
        return Convert.ToHexStringLower(bits);
    }
}
