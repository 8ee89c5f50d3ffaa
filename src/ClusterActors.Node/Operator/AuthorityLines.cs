using System.Globalization;
using ClusterActors.Client;

namespace ClusterActors.Node.Operator;

/// <summary>What became of an order about management authority, in one line.</summary>
internal static class AuthorityLines
{
    /// <summary><c>worker-2 holds management authority now: epoch 8, 127.0.0.1:9294, after 43 ms</c>.</summary>
    public static string Moved(AuthorityOutcome outcome) =>
        $"{outcome.Node ?? HumanUnits.Unknown} holds management authority now: {Details("epoch", outcome)}";

    /// <summary>What the voters were changed to, and who holds authority if that is known already.</summary>
    public static string Forced(ServerAddress server, IReadOnlyList<ServerAddress> voters, AuthorityOutcome outcome) =>
        $"{server} goes on with {(voters.Count == 1 ? "one voter" : "the voters")}, {string.Join(", ", voters)}. " +
        (outcome is { Node: not null, Address: not null } ? $"{Moved(outcome)}." : "'status' shows who holds management authority once they have elected.");

    /// <summary><c>manager-3 is admitted again: promised epoch 9, after 5,100 ms</c>.</summary>
    public static string Readmitted(string node, AuthorityOutcome outcome)
    {
        var details = Details("promised epoch", outcome with { Address = null });
        return $"{node} is admitted again{(details.Length == 0 ? "" : $": {details}")}";
    }

    private static string Details(string epochOf, AuthorityOutcome outcome)
    {
        var parts = new List<string>();
        if (outcome.Epoch is { } epoch)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{epochOf} {epoch}"));
        if (outcome.Address is { } address)
            parts.Add(address.ToString());
        if (outcome.Took is { } took)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"after {took.TotalMilliseconds:#,0.##} ms"));
        return string.Join(", ", parts);
    }
}
