namespace ClusterActors.Actors.Configuration;

/// <summary>How many slips of the finger lie between two names.</summary>
internal static class EditDistance
{
    /// <summary>Letters inserted, removed or replaced (Levenshtein), upper and lower case being the same.</summary>
    public static int Between(string one, string other)
    {
        var previous = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var row = 1; row <= one.Length; row++)
        {
            var current = new int[other.Length + 1];
            current[0] = row;
            for (var column = 1; column <= other.Length; column++)
            {
                var replaced = char.ToUpperInvariant(one[row - 1]) == char.ToUpperInvariant(other[column - 1]) ? 0 : 1;
                current[column] = Math.Min(
                    Math.Min(previous[column] + 1, current[column - 1] + 1), previous[column - 1] + replaced);
            }

            previous = current;
        }

        return previous[other.Length];
    }
}
