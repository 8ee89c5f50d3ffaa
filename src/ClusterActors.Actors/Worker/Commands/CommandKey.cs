using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Worker.Commands;

/// <summary>What a command is known by when it comes again.</summary>
/// <param name="Seq">Its <c>seq</c>.</param>
/// <param name="By">Who ordered it; managers may use the same numbers.</param>
internal sealed record CommandKey(string Seq, string? By)
{
    /// <summary>The key of a request; one without <c>seq</c> has none and is executed every time.</summary>
    public static CommandKey? Of(CommandRequest request) => request.Seq is { } seq ? new CommandKey(seq, request.By) : null;
}
