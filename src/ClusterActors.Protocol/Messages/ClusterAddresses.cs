namespace ClusterActors.Protocol.Messages;

/// <summary>Lists of Akka addresses in action 70 and its reply (PROTOCOL.md section 4.7): comma-separated, without blanks.</summary>
internal static class ClusterAddresses
{
    /// <summary>Reads action 70 out of a message whose form has been checked.</summary>
    public static (Message? Message, string? Reason) ReadQuery(ReadOnlySpan<byte> payload)
    {
        IReadOnlyList<string> known = [];
        var position = 0;
        while (ParameterReader.TrySplit(payload, ref position, out var name, out var value) == ReadStatus.Done)
        {
            if (!name.SequenceEqual("cluster"u8))
                continue;
            if (PercentCoding.DecodeText(value) is not { } text)
                return (null, $"cluster {Wording.Quote(value)} is not UTF-8");
            if (Read(text, out known) is { } wrong)
                return (null, wrong);
        }

        return (new ClusterQuery(known), null);
    }

    /// <summary>Writes what action 70 has beyond action and seq.</summary>
    public static void WriteQuery(ParameterWriter parameters, ClusterQuery query)
    {
        if (query.Known.Count > 0)
            parameters.Add("cluster"u8, string.Join(',', query.Known.Take(ClusterQuery.MaxAddresses)));
    }

    /// <summary>Reads a list.</summary>
    /// <returns>What is wrong with it, if anything.</returns>
    public static string? Read(string text, out IReadOnlyList<string> addresses)
    {
        addresses = [];
        var parts = text.Length == 0 ? [] : text.Split(',', ClusterQuery.MaxAddresses + 1);
        if (parts.Length > ClusterQuery.MaxAddresses)
            return $"cluster must have at most {ClusterQuery.MaxAddresses} addresses";
        foreach (var part in parts)
        {
            if (part.Length is 0 or > ClusterQuery.MaxAddressLength || part.Any(IsNoAddressCharacter))
                return $"cluster {Wording.Quote(part[..Math.Min(part.Length, ClusterQuery.MaxAddressLength)])} must be addresses like akka.tcp://name@host:port, comma-separated";
        }

        addresses = parts;
        return null;
    }

    private static bool IsNoAddressCharacter(char character) => char.IsControl(character) || char.IsWhiteSpace(character);
}
