using System.Text.Json;
using ClusterActors.Actors.Authority.Rules;

namespace ClusterActors.Actors.Authority.Files;

/// <summary>Reads and writes the members of a file; what is missing or of the wrong kind is a <see cref="FormatException"/> that names it.</summary>
internal static class JsonMembers
{
    private const string Node = "node";
    private const string Run = "run";

    /// <summary>A whole number.</summary>
    public static long Whole(this JsonElement element, string name, long min, long max) =>
        element.Member(name, JsonValueKind.Number).TryGetInt64(out var number) && number >= min && number <= max
            ? number
            : throw new FormatException($"{name} must be a whole number from {min} to {max}");

    /// <summary>A text.</summary>
    public static string Text(this JsonElement element, string name) => element.Member(name, JsonValueKind.String).GetString()!;

    /// <summary>True or false.</summary>
    public static bool Flag(this JsonElement element, string name) => element.Find(name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new FormatException($"{name} must be true or false"),
    };

    /// <summary>The elements of a list.</summary>
    public static IEnumerable<JsonElement> List(this JsonElement element, string name) => element.Member(name, JsonValueKind.Array).EnumerateArray();

    /// <summary>A time in milliseconds that a lease may have.</summary>
    public static TimeSpan Lease(this JsonElement element, string name) => TimeSpan.FromMilliseconds(
        element.Whole(name, (long)AuthoritySettings.MinLease.TotalMilliseconds, (long)AuthoritySettings.MaxLease.TotalMilliseconds));

    /// <summary>A run of a manager, or <see langword="null"/>.</summary>
    public static ManagerRun? RunOrNull(this JsonElement element, string name) =>
        element.Find(name) is { ValueKind: not JsonValueKind.Null } run ? new ManagerRun(run.Text(Node), run.Text(Run)) : null;

    /// <summary>Writes a run of a manager, or <see langword="null"/>.</summary>
    public static void WriteRun(this Utf8JsonWriter json, string name, ManagerRun? run)
    {
        if (run is not { } present)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteString(Node, present.Node);
        json.WriteString(Run, present.Run);
        json.WriteEndObject();
    }

    private static JsonElement Member(this JsonElement element, string name, JsonValueKind kind) =>
        element.Find(name) is { } member && member.ValueKind == kind ? member : throw new FormatException($"{name} must be a {kind}");

    private static JsonElement Find(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member)
            ? member
            : throw new FormatException($"{name} is missing");
}
