using System.Text.Json;

namespace ClusterActors.Protocol.Messages;

/// <summary>An <see cref="AllocationCandidate"/> as an element of <c>explain</c> (PROTOCOL.md section 4).</summary>
internal static class AllocationCandidateJson
{
    public static void Write(Utf8JsonWriter json, AllocationCandidate candidate)
    {
        json.WriteString("node"u8, candidate.Node);
        json.WriteString("state"u8, candidate.State.ToWord());

        // JSON has no form for the load of a server that takes nobody (n / 0); it is left out and read as not a number.
        if (double.IsFinite(candidate.Load))
            json.WriteNumber("load"u8, candidate.Load);
        if (candidate.CpuUsage is { } cpu)
            json.WriteNumber("cpuUsage"u8, cpu);
        json.WriteNumber("leases"u8, candidate.Leases);
        json.WriteBoolean("chosen"u8, candidate.Chosen);
        json.WriteString("reason"u8, candidate.Reason);
    }

    public static AllocationCandidate? Read(JsonObjectReader members) => new(
        members.Text("node"),
        members.State("state"),
        members.Number("load") ?? double.NaN,
        members.Number("cpuUsage"),
        (int)members.Whole("leases", int.MaxValue, 0),
        members.Flag("chosen"),
        members.Text("reason"));
}
