using System.Buffers.Text;
using System.Security.Cryptography;

namespace ClusterActors.Actors.Manager;

/// <summary>A place on a worker that is held for a client.</summary>
/// <param name="Token">What the client presents.</param>
/// <param name="Node">The worker.</param>
/// <param name="ExpiresAt">On the manager's clock; at this moment the place is free again.</param>
internal readonly record struct Lease(string Token, string Node, TimeSpan ExpiresAt)
{
    private const int TokenBytes = 16;

    /// <summary>A token not to be guessed: 128 random bits in base64url without padding (RFC 4648 section 5), 22 characters.</summary>
    public static string NewToken()
    {
        Span<byte> bits = stackalloc byte[TokenBytes];
        RandomNumberGenerator.Fill(bits);
        return Base64Url.EncodeToString(bits);
    }
}
