namespace ClusterActors.Protocol.Messages;

/// <summary>The words a <see cref="MemberState"/> has on the wire (PROTOCOL.md section 4.3).</summary>
internal static class MemberStateWords
{
    public static string ToWord(this MemberState state) => state switch
    {
        MemberState.None => "none",
        MemberState.Up => "up",
        MemberState.Unreachable => "unreachable",
        MemberState.Leaving => "leaving",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "There is no such state."),
    };

    public static MemberState? FromWord(string? word) => word switch
    {
        "none" => MemberState.None,
        "up" => MemberState.Up,
        "unreachable" => MemberState.Unreachable,
        "leaving" => MemberState.Leaving,
        _ => null,
    };
}
