namespace ClusterActors.Actors.Configuration;

/// <summary>How many slips of the finger lie between two names.</summary>
internal static class EditDistance
{
    /// <summary>
    /// Letters inserted, removed, replaced, or swapped with their neighbour (optimal string alignment), upper and lower case
    /// being the same.
    /// </summary>
    public static int Between(string one, string other)
    {
        int[] beforePrevious = [];
        var previous = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var row = 1; row <= one.Length; row++)
        {
            var current = new int[other.Length + 1];
            current[0] = row;
            for (var column = 1; column <= other.Length; column++)
            {
                var replaced = Same(one[row - 1], other[column - 1]) ? 0 : 1;
                current[column] = Math.Min(
                    Math.Min(previous[column] + 1, current[column - 1] + 1), previous[column - 1] + replaced);
                if (row > 1 && column > 1 && Same(one[row - 1], other[column - 2]) && Same(one[row - 2], other[column - 1]))
                {
                    current[column] = Math.Min(current[column], beforePrevious[column - 2] + 1);
                }
            }

            (beforePrevious, previous) = (previous, current);
        }

        return previous[other.Length];
    }

    private static bool Same(char one, char other) => char.ToUpperInvariant(one) == char.ToUpperInvariant(other);
}
