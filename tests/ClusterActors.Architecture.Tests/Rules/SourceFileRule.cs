using System.Text.RegularExpressions;

namespace ClusterActors.Architecture.Tests.Rules;

/// <summary>
/// One type per file, which has its name (<c>Name.cs</c>, or <c>Name.Part.cs</c> for a part); file-scoped namespaces; no file
/// of more than 350 lines; no region.
/// </summary>
/// <remarks>
/// Reads text, no syntax: the formatting is checked elsewhere, so a type at the top level starts in the first column.
/// </remarks>
internal static partial class SourceFileRule
{
    private const int MaxLines = 350;

    private static readonly string[] WithoutType = ["Program.cs", "GlobalUsings.cs", "AssemblyInfo.cs"];

    public static IReadOnlyList<string> Violations(IEnumerable<SourceFile> files) => [.. files.SelectMany(Violations)];

    private static IEnumerable<string> Violations(SourceFile file)
    {
        var name = Path.GetFileName(file.Path);
        if (file.Text.Split('\n').Length - 1 is > MaxLines and var lines)
            yield return $"{file.Path} has {lines} lines";
        if (Region().IsMatch(file.Text))
            yield return $"{file.Path} has a region";
        if (WithoutType.Contains(name))
            yield break;
        if (!FileScopedNamespace().IsMatch(file.Text))
            yield return $"{file.Path} has no file-scoped namespace";
        var types = TopLevelType().Matches(file.Text).Select(match => match.Groups["name"].Value).ToArray();
        if (types.Length != 1)
            yield return $"{file.Path} has {types.Length} types: {string.Join(", ", types)}";
        else if (name.Split('.')[0] != types[0])
            yield return $"{file.Path} holds {types[0]}";
    }

    [GeneratedRegex(@"^namespace [\w.]+;", RegexOptions.Multiline)]
    private static partial Regex FileScopedNamespace();

    [GeneratedRegex(@"^\s*#region", RegexOptions.Multiline)]
    private static partial Regex Region();

    [GeneratedRegex(
        @"^(?:(?:public|internal|file|static|sealed|abstract|readonly|ref|unsafe|partial) )*(?:(?:class|struct|interface|enum|record(?: struct| class)?) (?<name>\w+)|delegate [^\s(]+ (?<name>\w+))",
        RegexOptions.Multiline)]
    private static partial Regex TopLevelType();
}
