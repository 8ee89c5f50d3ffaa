namespace ClusterActors.Node.Operator;

/// <summary>A fraction as a small bar.</summary>
internal static class Bar
{
    /// <summary>Cells of a bar.</summary>
    public const int Width = 8;

    /// <summary>A bar; something is always a cell at least, and only the whole fills it.</summary>
    /// <param name="part">How much there is.</param>
    /// <param name="whole">How much there may be; without it there is no bar.</param>
    /// <param name="unicode">Whether the terminal shows block characters.</param>
    public static string Of(long part, long? whole, bool unicode)
    {
        if (whole is not > 0)
            return "";
        var filled = part <= 0 ? 0
            : part >= whole ? Width
            : (int)Math.Clamp(part * Width / whole.Value, 1, Width - 1);
        return unicode
            ? new string('█', filled) + new string('░', Width - filled)
            : new string('#', filled) + new string('.', Width - filled);
    }
}
