using System.Globalization;

namespace ClusterActors.Actors.Metrics;

/// <summary>Reads the small text files of /proc and /sys. A file that is gone, forbidden or not as expected reads as nothing.</summary>
/// <param name="root">Where the file system begins: <c>/</c>.</param>
internal sealed class SystemFiles(string root)
{
    public bool HasDirectory(string path) => Directory.Exists(Full(path));

    public bool HasFile(string path) => File.Exists(Full(path));

    /// <summary>The lines of a file, none when it cannot be read.</summary>
    public IReadOnlyList<string> Lines(string path)
    {
        try
        {
            return File.ReadAllLines(Full(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }

    /// <summary>A file that holds one number.</summary>
    public long? Number(string path) => Lines(path) is [var line, ..] ? Parse(line) : null;

    /// <summary>The number after a name, in a file of lines <c>name number</c> or <c>name: number unit</c>.</summary>
    public long? Number(string path, string name)
    {
        foreach (var line in Lines(path))
        {
            if (Fields(line) is [var first, var number, ..] && first.TrimEnd(':') == name)
            {
                return Parse(number);
            }
        }

        return null;
    }

    public static string[] Fields(string line) => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);

    public static long? Parse(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private string Full(string path) => Path.Combine(root, path.TrimStart('/'));
}
