using System.Text;

namespace ClusterActors.Actors;

/// <summary>The directory of a node below <c>dataDirectory</c>: its id, in a form that every file system takes.</summary>
internal static class NodeFolder
{
    // What Windows takes for a device, with or without an extension.
    private static readonly HashSet<string> Devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL",
        "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
        "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
    };

    /// <summary>The whole path of a file in the directory of a node.</summary>
    /// <param name="dataDirectory">Setting <c>dataDirectory</c>.</param>
    /// <param name="node">A node id, as in <see cref="NameOf"/>.</param>
    /// <param name="name">Name of the file.</param>
    public static string PathOf(string dataDirectory, string node, string name) =>
        Path.Combine(Path.GetFullPath(dataDirectory), NameOf(node), name);

    /// <summary>The name of the directory: two ids never get the same one, as ids hold no <c>%</c>.</summary>
    /// <param name="node">A node id: characters <c>A-Z a-z 0-9 . _ : -</c>.</param>
    public static string NameOf(string node)
    {
        var name = new StringBuilder(node.Replace(":", "%3A", StringComparison.Ordinal));

        // A last dot is dropped by Windows, and "." and ".." are other directories everywhere.
        if (name.Length > 0 && name[^1] == '.')
            name.Remove(name.Length - 1, 1).Append("%2E");
        if (Devices.Contains(node.Split('.')[0]))
            name.Remove(0, 1).Insert(0, $"%{(int)node[0]:X2}");
        return name.ToString();
    }
}
