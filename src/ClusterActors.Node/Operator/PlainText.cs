namespace ClusterActors.Node.Operator;

/// <summary>Text of other machines on its way to a terminal.</summary>
internal static class PlainText
{
    /// <summary>The text on one line, with every control character as <c>?</c>: a peer does not steer the operator's terminal.</summary>
    public static string Of(string text) =>
        string.Create(text.Length, text, static (to, from) =>
        {
            for (var i = 0; i < from.Length; i++)
                to[i] = char.IsControl(from[i]) ? '?' : from[i];
        });
}
