using System.Text;

namespace ClusterActors.Protocol.Handshake;

/// <summary>Tells the two openings of a business port apart by their first bytes (PROTOCOL.md section 7).</summary>
public static class OpeningDetector
{
    private static readonly byte[][] Methods =
        [.. new[] { "GET ", "HEAD ", "POST ", "PUT ", "DELETE ", "OPTIONS ", "TRACE ", "CONNECT ", "PATCH ", "PRI " }.Select(Encoding.ASCII.GetBytes)];

    /// <summary>Looks at the first bytes of a connection and takes none of them.</summary>
    /// <param name="input">Everything received so far; 8 bytes always decide.</param>
    public static Opening Detect(ReadOnlySpan<byte> input)
    {
        var undecided = false;
        foreach (var method in Methods)
        {
            if (input.StartsWith(method))
                return Opening.Http;
            undecided |= input.Length < method.Length && method.AsSpan().StartsWith(input);
        }

        return undecided ? Opening.NeedMore : Opening.CshBBrain;
    }
}
