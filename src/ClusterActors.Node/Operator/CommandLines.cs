using System.Globalization;
using ClusterActors.Client;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Node.Operator;

/// <summary>How a command went, in one line.</summary>
internal static class CommandLines
{
    /// <summary><c>worker-1  worker threads 2 -> 4  (12 ms)</c>.</summary>
    /// <param name="outcome">How it went.</param>
    /// <param name="width">Columns for the name, where several lines stand below each other.</param>
    public static string Of(CommandOutcome outcome, int width = 0)
    {
        var notes = new List<string>();
        if (outcome.Took is { } took)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{took.TotalMilliseconds:#,0.##} ms"));
        if (outcome.Finishing > 0)
            notes.Add($"{HumanUnits.Count(outcome.Finishing)} still finishing what they have");
        if (!outcome.IsKept)
            notes.Add("could not be written to disk: a restart forgets it");
        return Line(outcome.Node, What(outcome), width) + (notes.Count == 0 ? "" : $"  ({string.Join("; ", notes)})");
    }

    /// <summary><c>worker-1  refused (port-in-use): port 9091 is taken  (manager 10.0.0.1:9292)</c>.</summary>
    public static string Of(string node, RequestRefusedException refusal) => $"{Of(node, refusal, 0)}  (manager {refusal.Manager})";

    /// <summary>The same without the manager, where several lines stand below each other.</summary>
    public static string Of(string node, RequestRefusedException refusal, int width) =>
        Line(node, $"refused ({refusal.Code}): {refusal.Reason.TrimEnd('.')}", width);

    /// <summary>A worker and something about it.</summary>
    public static string Line(string node, string words, int width) => $"{node.PadRight(width)}  {words}";

    private static string What(CommandOutcome outcome) => outcome.Command switch
    {
        ServerCommand.AddThreads or ServerCommand.RemoveThreads => Change("worker threads", outcome),
        ServerCommand.AddReaderWriters or ServerCommand.RemoveReaderWriters => Change("reader-writers", outcome),
        ServerCommand.OpenPort or ServerCommand.ClosePort => Change("ports", outcome),
        ServerCommand.Drain(false) => "takes clients again",
        _ when outcome.Clients is { } clients => $"draining, {Clients(clients)} left",
        _ => "draining",
    };

    /// <summary><c>1 client</c>, <c>2 clients</c>, <c>no client</c>.</summary>
    public static string Clients(long count) => Counted(count, "client");

    /// <summary>So many of something.</summary>
    public static string Counted(long count, string what) => count switch
    {
        0 => $"no {what}",
        1 => $"1 {what}",
        _ => $"{HumanUnits.Count(count)} {what}s",
    };

    private static string Change(string what, CommandOutcome outcome) => (outcome.Before, outcome.After) switch
    {
        (null, null) => $"{outcome.Command.ToWords()}: done",
        var (before, after) => $"{what} {Value(before)} -> {Value(after)}",
    };

    private static string Value(string? value) => value switch
    {
        null => HumanUnits.Unknown,
        "" => "none",
        _ => value,
    };
}
