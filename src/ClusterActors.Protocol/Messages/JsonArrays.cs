using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace ClusterActors.Protocol.Messages;

/// <summary>Arrays of objects as parameter values: <c>nodes</c>, <c>voters</c> and <c>explain</c> (PROTOCOL.md section 4).</summary>
internal static class JsonArrays
{
    // Other scripts stay readable; & and + come out as \u escapes and so need no percent-encoding on top.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static string Write<T>(IReadOnlyList<T> items, Action<Utf8JsonWriter, T> writeMembers)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartArray();
            foreach (var item in items)
            {
                json.WriteStartObject();
                writeMembers(json, item);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads an array of objects; a reason in words when it is none or when an element cannot be read.</summary>
    public static string? TryRead<T>(
        string name, string text, Func<JsonObjectReader, T?> readMembers, out IReadOnlyList<T> items, int most = int.MaxValue)
        where T : class
    {
        var list = new List<T>();
        items = list;
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Array)
                return $"{name} must be a JSON array";
            if (document.RootElement.GetArrayLength() > most)
                return $"{name} must have at most {most} elements";
            foreach (var element in document.RootElement.EnumerateArray())
            {
                var members = new JsonObjectReader(element);
                if (readMembers(members) is not { } item || members.Reason is not null)
                    return $"{name}[{list.Count}]: {members.Reason}";
                list.Add(item);
            }
        }
        catch (JsonException e)
        {
            return $"{name} is no JSON: {Wording.WithoutControls(e.Message)}";
        }

        return null;
    }
}
