using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Node.Operator;

/// <summary>The options of the commands that ask for a worker.</summary>
internal sealed class RequestOptions
{
    private const int MaxCount = 1_000_000;

    /// <summary><c>--key</c>.</summary>
    public Option<string?> Key { get; } = new("--key", "-k")
    {
        Description = "Goes to the same worker each time while that is up.",
        HelpName = "text",
        CustomParser = ParseKey,
    };

    /// <summary><c>--count</c>.</summary>
    public Option<int> Count { get; } = new("--count", "-n")
    {
        Description = "How many times; with more than one the result is summed up per worker.",
        HelpName = "N",
        CustomParser = ParseCount,
        DefaultValueFactory = _ => 1,
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(Key);
        command.Options.Add(Count);
    }

    private static string? ParseKey(ArgumentResult result)
    {
        var key = result.Tokens[0].Value;
        if (key.Length is 0 or > AllocateRequest.MaxKeyLength)
            result.AddError($"--key has {key.Length} characters; it must have 1 to {AllocateRequest.MaxKeyLength}.");
        return key;
    }

    private static int ParseCount(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > MaxCount)
            result.AddError($"--count '{text}' is no count; it must be a whole number from 1 to {MaxCount}.");
        return count;
    }
}
