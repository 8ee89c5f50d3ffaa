using System.Text.Json;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Store.Files;

namespace ClusterActors.Actors.Authority.Files;

/// <summary>Reads and writes what ballots and fences have in common; what is missing or wrong is a <see cref="FormatException"/> that names it.</summary>
internal static class AuthorityMembers
{
    private const string Node = "node";
    private const string Run = "run";

    /// <summary>A time in milliseconds that a lease may have.</summary>
    public static TimeSpan Lease(this JsonElement element, string name) => TimeSpan.FromMilliseconds(
        element.Whole(name, (long)AuthoritySettings.MinLease.TotalMilliseconds, (long)AuthoritySettings.MaxLease.TotalMilliseconds));

    /// <summary>A run of a manager, or <see langword="null"/>.</summary>
    public static ManagerRun? RunOrNull(this JsonElement element, string name) =>
        element.OrNull(name) is { } run ? new ManagerRun(run.Text(Node), run.Text(Run)) : null;

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
}
