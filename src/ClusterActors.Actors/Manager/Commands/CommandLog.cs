using System.Globalization;
using Akka.Event;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Manager.Commands;

/// <summary>The audit trail of the manager: every command with who sent it, to whom, the old and the new value, and how long it took.</summary>
internal static class CommandLog
{
    private const string None = "none";

    /// <summary>Logs that a command went to its worker.</summary>
    public static void Write(ILoggingAdapter log, ManagerNotice.CommandSent sent) =>
        log.Info("audit: {Command} for {Node} by {By} from {From}, seq {Seq}: sent on link {Link}",
            sent.Command.Request.Command.ToWords(), Node(sent.Command), sent.Command.By, sent.Command.From, Seq(sent.Command), sent.Link);

    /// <summary>Logs how a command ended.</summary>
    public static void Write(ILoggingAdapter log, ManagerNotice.CommandEnded ended)
    {
        var (command, reply) = (ended.Command, ended.Reply);
        object[] who = [command.Request.Command.ToWords(), Node(command), command.By, command.From, Seq(command)];
        var elapsed = ended.Elapsed.TotalMilliseconds.ToString("0.##", CultureInfo.InvariantCulture);
        if (reply.IsDone)
        {
            log.Info("audit: {Command} for {Node} by {By} from {From}, seq {Seq}: {Before} -> {After} after {Elapsed} ms",
                (object[])[.. who, Value(reply, "before"), Value(reply, "after"), elapsed]);
        }
        else
        {
            log.Info("audit: {Command} for {Node} by {By} from {From}, seq {Seq}: not done, {Code}: {Reason} ({Elapsed} ms)",
                (object[])[.. who, OneLine(reply.Code!), OneLine(reply.Msg ?? ""), elapsed]);
        }
    }

    private static string Node(OrderedCommand command) => command.Node.Length > 0 ? command.Node : None;

    private static string Seq(OrderedCommand command) => command.Request.Seq is { Length: > 0 } seq ? OneLine(seq) : None;

    private static string Value(Reply reply, string name) => reply.Find(name) switch
    {
        null => "?",
        "" => None,
        var value => OneLine(value),
    };

    /// <summary>What a peer sent must not begin a line of its own.</summary>
    private static string OneLine(string text) => new([.. text.Select(character => char.IsControl(character) ? '?' : character)]);
}
