using System.Text;

namespace ClusterActors.Protocol.Handshake;

/// <summary>
/// Splits the request target of an upgrade, <c>/path?query</c> or the absolute form <c>http://host/path?query</c>
/// (RFC 9112 section 3.2), and finds the lease in its query.
/// </summary>
internal static class RequestTarget
{
    public static bool TryParse(ReadOnlySpan<byte> target, out string? path, out string? lease, out string? reason)
    {
        path = lease = reason = null;
        var local = target;
        if (local is not [(byte)'/', ..])
        {
            var scheme = target.IndexOf("://"u8);
            var slash = scheme < 0 ? -1 : target[(scheme + 3)..].IndexOf((byte)'/');
            if (slash < 0)
            {
                reason = $"The request target {Wording.Quote(target)} must be a path that starts with a slash.";
                return false;
            }

            local = target[(scheme + 3 + slash)..];
        }

        var question = local.IndexOf((byte)'?');
        path = Encoding.ASCII.GetString(question < 0 ? local : local[..question]);
        return question < 0 || TryFindLease(local[(question + 1)..], out lease, out reason);
    }

    private static bool TryFindLease(ReadOnlySpan<byte> query, out string? lease, out string? reason)
    {
        lease = reason = null;
        foreach (var range in query.Split((byte)'&'))
        {
            var parameter = query[range];
            if (!parameter.StartsWith("lease="u8))
                continue;
            var token = parameter["lease=".Length..];
            if (lease is not null)
                reason = "The query names lease twice; a connection claims one.";
            else if (!LeaseToken.IsValid(token))
                reason = $"lease {Wording.Quote(token)} is no token; it must be {LeaseToken.Form}.";
            if (reason is not null)
                return false;
            lease = Encoding.ASCII.GetString(token);
        }

        return true;
    }
}
