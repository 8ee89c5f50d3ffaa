using System.Globalization;

namespace ClusterActors.Benchmarks;

/// <summary>Options of a scenario, each a name and a number.</summary>
internal static class NumberOptions
{
    /// <summary>Reads <c>--name number</c> pairs; numbers are 1 or more.</summary>
    /// <param name="options">The words of the command line.</param>
    /// <param name="defaults">What holds where nothing is said.</param>
    /// <param name="with">The options with one of them changed; <see langword="null"/> for a name that there is not.</param>
    /// <returns><see langword="null"/> at anything else.</returns>
    public static T? Read<T>(string[] options, T defaults, Func<T, string, int, T?> with)
        where T : class
    {
        var read = defaults;
        foreach (var pair in options.Chunk(2))
        {
            if (pair is not [var name, var text] || !int.TryParse(text, CultureInfo.InvariantCulture, out var number) || number < 1)
                return null;
            if (with(read, name, number) is not { } next)
                return null;
            read = next;
        }

        return read;
    }
}
