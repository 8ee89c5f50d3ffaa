using System.CommandLine;
using System.CommandLine.Parsing;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Node.Operator;

/// <summary>The argument NODE: which worker is meant.</summary>
internal static class CommandTarget
{
    /// <summary>The argument.</summary>
    /// <param name="arity">Whether it may be missing.</param>
    public static Argument<string?> Create(ArgumentArity arity) => new("NODE")
    {
        Description = "Node id of the worker, as in status.",
        Arity = arity,
        CustomParser = Parse,
    };

    private static string? Parse(ArgumentResult result)
    {
        if (result.Tokens.Count == 0)
            return null;
        var node = result.Tokens[0].Value;

        // Whoever mistypes an option means no server of that name.
        if (node.StartsWith("--", StringComparison.Ordinal))
            result.AddError($"There is no option {node} here.");
        else if (!CommandRequest.IsName(node))
            result.AddError($"NODE '{node}' is no node id; it must have 1 to {CommandRequest.MaxNameBytes} bytes and no control characters.");
        return node;
    }
}
