using ClusterActors.Client;

namespace ClusterActors.Node.Operator;

/// <summary>Says what <c>force-authority</c> does and has the operator type a word, for nothing of it can be taken back.</summary>
/// <param name="console">Where to ask.</param>
/// <param name="server">The server that is forced.</param>
/// <param name="voters">Who is to vote.</param>
/// <param name="others">Known voters that are left out.</param>
internal sealed class ForceQuestion(
    OperatorConsole console, ServerAddress server, IReadOnlyList<ServerAddress> voters, IReadOnlyList<string> others)
{
    private const string Word = "force";

    /// <summary>Asks.</summary>
    /// <returns>Why it must not be done, in a sentence; <see langword="null"/> when the word was typed.</returns>
    public async Task<string?> AskAsync(CancellationToken cancellation)
    {
        console.WriteError($"From now on {string.Join(", ", voters)} alone will vote on who holds management authority, at {server} to begin with.");
        console.WriteError(
            $"Every other voter{(others.Count == 0 ? "" : $" ({string.Join(", ", others)})")} must be stopped now, and must not come back as it was: "
            + "otherwise two managers may command the fleet at once.");
        console.WriteError("Nobody allocates or commands until the new voters have elected a holder, some seconds from now. This cannot be taken back.");
        if (console.In is not { } input)
            return "Nothing was done: there is no terminal to ask at; give --yes if every other voter is stopped.";
        console.WriteError($"Type {Word} to go on:");
        var answer = await input.ReadLineAsync(cancellation).AsTask().WaitAsync(cancellation);
        return answer?.Trim() == Word ? null : "Nothing was done.";
    }
}
