using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using ClusterActors.Client;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Node.Operator;

/// <summary>What <c>--json</c> prints: one object on one line, its members named as on the wire (PROTOCOL.md section 4).</summary>
internal static class JsonLines
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>A view: <c>manager</c>, <c>authority</c> when there is one, <c>epoch</c>, <c>count</c>, <c>nodes</c>.</summary>
    public static string Of(ViewReply view) => Write(json =>
    {
        json.WriteString("manager", view.Manager);
        if (!string.IsNullOrEmpty(view.Authority))
            json.WriteString("authority", view.Authority);
        json.WriteNumber("epoch", view.Epoch);
        json.WriteNumber("count", view.Count);
        json.WritePropertyName("nodes");
        json.WriteRawValue(view.ToReply().Find("nodes")!);
    });

    /// <summary>An allocation: <c>ip</c>, <c>port</c>, then <c>node</c>, <c>lease</c>, <c>expires</c> and <c>explain</c> when there are any.</summary>
    public static string Of(WorkerAllocation allocation) => Write(json => WriteAllocation(json, allocation));

    /// <summary>A refusal: <c>code</c>, <c>msg</c>, and <c>explain</c> when there is one.</summary>
    public static string Of(RequestRefusedException refusal) => Write(json =>
    {
        json.WriteString("code", refusal.Code);
        json.WriteString("msg", refusal.Reason);
        WriteExplanation(json, refusal.Explanation);
    });

    /// <summary>One try: the allocation, what was sent and received, and the milliseconds from the one to the other.</summary>
    public static string Of(WorkerTry tried) => Write(json =>
    {
        WriteAllocation(json, tried.Allocation);
        json.WriteString("sent", tried.Sent);
        json.WriteString("received", tried.Received);
        json.WriteNumber("milliseconds", Math.Round(tried.Took.TotalMilliseconds, 3));
    });

    private static void WriteAllocation(Utf8JsonWriter json, WorkerAllocation allocation)
    {
        if (allocation.Node is { } node)
            json.WriteString("node", node);
        json.WriteString("ip", allocation.Worker.Host);
        json.WriteNumber("port", allocation.Worker.Port);
        if (allocation.Lease is { } lease)
            json.WriteString("lease", lease);
        if (allocation.ExpiresIn is { } expires)
            json.WriteNumber("expires", (long)expires.TotalSeconds);
        WriteExplanation(json, allocation.Explanation);
    }

    private static void WriteExplanation(Utf8JsonWriter json, IReadOnlyList<AllocationCandidate> explanation)
    {
        if (explanation.Count == 0)
            return;
        json.WritePropertyName("explain");
        json.WriteRawValue(AllocationReply.Refused("", "", explanation).Find("explain")!);
    }

    private static string Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
