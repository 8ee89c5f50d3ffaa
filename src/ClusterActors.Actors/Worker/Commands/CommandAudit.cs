using System.Globalization;
using Akka.Event;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Worker.Commands;

/// <summary>One line in the log for every command, done or refused: who sent it through which manager, the old and the new value.</summary>
internal static class CommandAudit
{
    /// <summary>A command is answered.</summary>
    public static void Answered(ILoggingAdapter log, string node, CommandEffect.Answer answer) =>
        Write(log, node, answer.Call, answer.Reply, answer.Repeated ? ", repeated: executed once, answered again" : "");

    /// <summary>A command that was answered <c>timeout</c> has come to its end.</summary>
    public static void EndedLate(ILoggingAdapter log, string node, CommandEffect.Late late) =>
        Write(log, node, late.Call, late.Reply, ", late: it had been answered timeout");

    // The adapter takes six values, so what became of it, and at which epoch of management authority, is one of them.
    private static void Write(ILoggingAdapter log, string node, CommandCall call, Reply reply, string note)
    {
        var outcome = reply.IsDone
            ? $"before {Value(reply, "before")}, after {Value(reply, "after")}, took {reply.Find("took")} ms"
            : $"refused, {reply.Code}: {reply.Msg}";
        log.Info(
            "audit: {Command} at {Node} by {By} through {Manager}, seq {Seq}: {Outcome}",
            call.Request.Command.ToWords(),
            node,
            call.Request.By ?? "unknown",
            call.Manager,
            OneLine(call.Request.Seq ?? "none"),
            OneLine(outcome) + (call.Request.Epoch is { } epoch ? string.Create(CultureInfo.InvariantCulture, $", epoch {epoch}") : "") + note);
    }

    /// <summary>A server that drains may have no port.</summary>
    private static string Value(Reply reply, string name) => reply.Find(name) is { Length: > 0 } value ? value : "none";

    /// <summary>What an operator sent must not begin a line of its own.</summary>
    private static string OneLine(string text) => new([.. text.Select(character => char.IsControl(character) ? '?' : character)]);
}
