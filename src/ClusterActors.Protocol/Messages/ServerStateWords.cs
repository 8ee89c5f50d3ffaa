namespace ClusterActors.Protocol.Messages;

/// <summary>The words a <see cref="ServerState"/> has on the wire (PROTOCOL.md section 4).</summary>
internal static class ServerStateWords
{
    public static string ToWord(this ServerState state) => state switch
    {
        ServerState.Up => "up",
        ServerState.Late => "late",
        ServerState.Unreachable => "unreachable",
        ServerState.Draining => "draining",
        ServerState.Gone => "gone",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "There is no such state."),
    };

    public static ServerState? FromWord(string? word) => word switch
    {
        "up" => ServerState.Up,
        "late" => ServerState.Late,
        "unreachable" => ServerState.Unreachable,
        "draining" => ServerState.Draining,
        "gone" => ServerState.Gone,
        _ => null,
    };
}
