namespace ClusterActors.Protocol.Messages;

/// <summary>Writes what actions 6, 71 and 72 carry behind action and seq (PROTOCOL.md section 4.6).</summary>
internal static class AuthorityWriter
{
    public static void Write(ParameterWriter parameters, AuthorityMove move)
    {
        if (move.Node is { } node)
            parameters.Add("node"u8, node);
        if (move.Ip is { } ip)
            parameters.Add("ip"u8, ip);
        if (move.Port is { } port)
            parameters.Add("port"u8, port);
        if (move.Epoch is { } epoch)
            parameters.Add("epoch"u8, epoch);
        WriteBy(parameters, move.By);
    }

    public static void Write(ParameterWriter parameters, ForceAuthorityRequest request)
    {
        parameters.AddList("voters"u8, request.Voters);
        parameters.Add("confirm"u8, 1);
        WriteBy(parameters, request.By);
    }

    public static void Write(ParameterWriter parameters, ReadmitRequest request) => WriteBy(parameters, request.By);

    private static void WriteBy(ParameterWriter parameters, string? by)
    {
        if (by is not null)
            parameters.Add("by"u8, by);
    }
}
