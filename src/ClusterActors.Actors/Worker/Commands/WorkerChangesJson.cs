using System.Collections.Immutable;
using System.Net;
using System.Text.Json;

namespace ClusterActors.Actors.Worker.Commands;

/// <summary>
/// The form of <c>worker-changes.json</c>: one object with what commands changed, each member only when it was:
/// <c>{ "threads": 8, "readerWriters": 2, "ports": [9090, 9091] }</c>.
/// </summary>
internal static class WorkerChangesJson
{
    private const string Threads = "threads";
    private const string ReaderWriters = "readerWriters";
    private const string Ports = "ports";

    /// <summary>Writes changes.</summary>
    public static byte[] Write(WorkerChanges changes)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            if (changes.Threads is { } threads)
                json.WriteNumber(Threads, threads);
            if (changes.ReaderWriters is { } readerWriters)
                json.WriteNumber(ReaderWriters, readerWriters);
            if (changes.Ports is { } ports)
            {
                json.WriteStartArray(Ports);
                foreach (var port in ports)
                    json.WriteNumberValue(port);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    /// <summary>Reads changes, or says what is wrong with them and what would be right.</summary>
    /// <param name="json">What the file holds.</param>
    /// <param name="limits">How far changes may go.</param>
    /// <param name="clusterPort">The node's cluster port, which is no business port; 0 when it is any free one.</param>
    public static (WorkerChanges? Changes, string? Problem) Read(ReadOnlyMemory<byte> json, WorkerLimits limits, int clusterPort)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement, limits, clusterPort);
        }
        catch (JsonException mistake)
        {
            return (null, $"it is no JSON: line {mistake.LineNumber + 1}, byte {mistake.BytePositionInLine + 1}");
        }
    }

    private static (WorkerChanges? Changes, string? Problem) Read(JsonElement root, WorkerLimits limits, int clusterPort)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return (null, "it is no JSON object");
        var changes = WorkerChanges.None;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in root.EnumerateObject())
        {
            if (!seen.Add(member.Name))
                return (null, $"{member.Name} comes twice");
            var (read, problem) = member.Name switch
            {
                Threads => ReadCount(member, limits.MaxThreads, "worker.maxThreads", count => new WorkerChanges(Threads: count)),
                ReaderWriters => ReadCount(member, limits.MaxReaderWriters, "worker.maxReaderWriters", count => new WorkerChanges(ReaderWriters: count)),
                Ports => ReadPorts(member.Value, limits, clusterPort),
                _ => (null, $"{member.Name} is unknown; known are {Threads}, {ReaderWriters} and {Ports}"),
            };
            if (read is null)
                return (null, problem);
            changes = changes.With(read);
        }

        return (changes, null);
    }

    private static (WorkerChanges? Changes, string? Problem) ReadCount(
        JsonProperty member, int max, string setting, Func<int, WorkerChanges> change) =>
        member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt32(out var count) && count >= 1 && count <= max
            ? (change(count), null)
            : (null, $"{member.Name} = {member.Value.GetRawText()}; allowed is a whole number from 1 to {max} ({setting})");

    private static (WorkerChanges? Changes, string? Problem) ReadPorts(JsonElement value, WorkerLimits limits, int clusterPort)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > limits.MaxPorts)
            return (null, $"{Ports} must be a list of at most {limits.MaxPorts} ports (worker.maxPorts)");
        var ports = ImmutableArray.CreateBuilder<int>();
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt32(out var port) || port is < 0 or > IPEndPoint.MaxPort)
                return (null, $"{Ports} has {item.GetRawText()}; allowed are whole numbers from 0 to {IPEndPoint.MaxPort}");
            if (port > 0 && ports.Contains(port))
                return (null, $"{Ports} has {port} twice");
            if (port > 0 && port == clusterPort)
                return (null, $"{Ports} has {port}, which is the cluster port (clustersPort)");
            ports.Add(port);
        }

        return (new WorkerChanges(Ports: ports.ToImmutable()), null);
    }
}
