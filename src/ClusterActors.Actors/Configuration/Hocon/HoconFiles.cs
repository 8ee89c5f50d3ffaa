namespace ClusterActors.Actors.Configuration.Hocon;

/// <summary>Reads a file and the files it includes, each relative to the one that names it.</summary>
/// <param name="environment">Gives an environment variable, or <see langword="null"/>.</param>
internal sealed class HoconFiles(Func<string, string?> environment)
{
    private readonly Stack<string> _open = new();

    /// <summary>The file with what it includes.</summary>
    /// <param name="file">Path as the operator gave it, which is also its name in mistakes.</param>
    /// <exception cref="HoconSyntaxException">A file cannot be read, or includes itself.</exception>
    public HoconSection Read(string file) => Read(file, new HoconOrigin(file, 0));

    private HoconSection Read(string file, HoconOrigin origin)
    {
        string text;
        try
        {
            var full = Path.GetFullPath(file);
            if (_open.Contains(full))
            {
                throw new HoconSyntaxException(origin, $"{file} includes itself");
            }

            _open.Push(full);
            text = File.ReadAllText(full);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new HoconSyntaxException(origin, $"the file {file} cannot be read: {failure.Message.TrimEnd('.')}");
        }

        var section = HoconParser.Parse(text, file, (name, from) => Read(Beside(file, name), from), environment);
        _open.Pop();
        return section;
    }

    private static string Beside(string file, string name) => Path.Combine(Path.GetDirectoryName(file) ?? string.Empty, name);
}
