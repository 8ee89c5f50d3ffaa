using System.Globalization;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Worker.Commands;

/// <summary>The reply to a command (PROTOCOL.md section 4.4).</summary>
internal static class CommandReplies
{
    /// <summary>Done: <c>before</c>, <c>after</c>, what the command adds, and <c>took</c> in milliseconds; or refused.</summary>
    /// <param name="outcome">What became of the command.</param>
    /// <param name="took">How long it took.</param>
    public static Reply Of(CommandOutcome outcome, TimeSpan took) => outcome switch
    {
        CommandOutcome.Done done => Reply.Done(
        [
            new Parameter("before", done.Before),
            new Parameter("after", done.After),
            .. done.Values,
            new Parameter("took", took.TotalMilliseconds.ToString("0.##", CultureInfo.InvariantCulture)),
        ]),
        CommandOutcome.Refused refused => Reply.Failed(refused.Code, refused.Reason),
        _ => throw new ArgumentException($"{outcome.GetType().Name} has no reply.", nameof(outcome)),
    };
}
