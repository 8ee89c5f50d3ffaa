using ClusterActors.Client;
using ClusterActors.Node.Run;

namespace ClusterActors.Node.Operator;

/// <summary>Carries an order about management authority to its end and prints that.</summary>
internal static class AuthorityOrder
{
    /// <summary>Waits for the outcome and prints it, or the refusal.</summary>
    /// <param name="console">Where to print.</param>
    /// <param name="node">Whom it is about.</param>
    /// <param name="order">The order that was sent.</param>
    /// <param name="line">The outcome in words, or as JSON.</param>
    /// <param name="json">Prints a refusal as JSON too.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(
        OperatorConsole console, string node, Task<AuthorityOutcome> order, Func<AuthorityOutcome, string> line, bool json)
    {
        try
        {
            console.WriteLine(line(await order));
            return ExitCodes.Left;
        }
        catch (RequestRefusedException refusal)
        {
            if (json)
                console.WriteLine(JsonLines.Of(node, refusal));
            console.WriteError(CommandLines.Of(node, refusal));
            return ExitCodes.Failed;
        }
    }
}
