using System.CommandLine;
using System.CommandLine.Parsing;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Node.Operator;

/// <summary>The argument NODE: which server is meant.</summary>
internal static class CommandTarget
{
    /// <summary>The argument.</summary>
    /// <param name="arity">Whether it may be missing.</param>
    /// <param name="description">What the help says of it.</param>
    public static Argument<string?> Create(ArgumentArity arity, string description = "Node id of the worker, as in status.") => new("NODE")
    {
        Description = description,
        Arity = arity,
        CustomParser = Parse,
    };

    /// <summary>What was given as NODE, right or wrong; <see langword="null"/> when nothing was.</summary>
    public static string? TextOf(ArgumentResult? result) => result is { Tokens: [var token, ..] } ? token.Value : null;

    /// <summary>Why it cannot be a node; <see langword="null"/> when it can.</summary>
    public static string? Mistake(string node)
    {
        // Whoever mistypes an option means no server of that name.
        if (node.StartsWith("--", StringComparison.Ordinal))
            return $"There is no option {node} here.";
        return CommandRequest.IsName(node)
            ? null
            : $"NODE '{node}' is no node id; it must have 1 to {CommandRequest.MaxNameBytes} bytes and no control characters.";
    }

    private static string? Parse(ArgumentResult result)
    {
        var node = TextOf(result);
        if (node is not null && Mistake(node) is { } mistake)
            result.AddError(mistake);
        return node;
    }
}
