using System.Text.Json;

namespace ClusterActors.Store.Files;

/// <summary>Reads the members of a JSON object strictly; what is missing or of the wrong kind is a <see cref="FormatException"/> that names it.</summary>
public static class JsonMembers
{
    /// <summary>A whole number.</summary>
    /// <param name="element">The object.</param>
    /// <param name="name">Name of the member.</param>
    /// <param name="min">The smallest it may be.</param>
    /// <param name="max">The largest it may be.</param>
    /// <exception cref="FormatException">It is missing, or is none.</exception>
    public static long Whole(this JsonElement element, string name, long min, long max) =>
        element.Member(name, JsonValueKind.Number).TryGetInt64(out var number) && number >= min && number <= max
            ? number
            : throw new FormatException($"{name} must be a whole number from {min} to {max}");

    /// <summary>A text.</summary>
    /// <exception cref="FormatException">It is missing, or is none.</exception>
    public static string Text(this JsonElement element, string name) => element.Member(name, JsonValueKind.String).GetString()!;

    /// <summary>True or false.</summary>
    /// <exception cref="FormatException">It is missing, or neither.</exception>
    public static bool Flag(this JsonElement element, string name) => element.Find(name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new FormatException($"{name} must be true or false"),
    };

    /// <summary>The elements of a list.</summary>
    /// <exception cref="FormatException">It is missing, or is none.</exception>
    public static IEnumerable<JsonElement> List(this JsonElement element, string name) => element.Member(name, JsonValueKind.Array).EnumerateArray();

    /// <summary>A member that may be <c>null</c>, which is then <see langword="null"/> here too.</summary>
    /// <exception cref="FormatException">It is missing.</exception>
    public static JsonElement? OrNull(this JsonElement element, string name) =>
        element.Find(name) is { ValueKind: not JsonValueKind.Null } member ? member : null;

    private static JsonElement Member(this JsonElement element, string name, JsonValueKind kind) =>
        element.Find(name) is { } member && member.ValueKind == kind ? member : throw new FormatException($"{name} must be a {kind}");

    private static JsonElement Find(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member)
            ? member
            : throw new FormatException($"{name} is missing");
}
