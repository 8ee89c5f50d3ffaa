using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ClusterActors.Protocol.Messages;

/// <summary>
/// A <see cref="ServerView"/> as an element of <c>nodes</c> (PROTOCOL.md section 4): what the manager knows, then every
/// parameter of the report under its own name, numbers as numbers, lists as arrays.
/// </summary>
internal static class ServerViewJson
{
    private const long NoLeases = -1;

    public static void Write(Utf8JsonWriter json, ServerView view)
    {
        json.WriteString("node"u8, view.Node);
        json.WriteString("state"u8, view.State.ToWord());
        json.WriteString("ip"u8, view.Ip);
        json.WriteNumber("clustersPort"u8, view.ClustersPort);
        json.WriteNumber("role"u8, view.Role);
        json.WriteNumber("lastReport"u8, view.LastReport);
        if (view.OutstandingLeases is { } leases)
            json.WriteNumber("outstandingLeases"u8, leases);
        if (view.Member is { } member)
            json.WriteString("member"u8, member.ToWord());
        var sink = new JsonSink(json);
        ReportFields.WriteFirstRow(view.Report, ref sink);
        ReportFields.WriteRest(view.Report, ref sink);
    }

    /// <summary>Reads a view; a report that lacks the identity takes it from the view.</summary>
    public static ServerView? Read(JsonObjectReader members)
    {
        var view = new ServerView(
            members.Text("node"),
            members.State("state"),
            members.Text("ip"),
            (int)members.Whole("clustersPort", 65535, 0),
            (int)members.Whole("role", 3, 1),
            members.Whole("lastReport", long.MaxValue, 0),
            new ServerReport())
        {
            OutstandingLeases = members.Whole("outstandingLeases", int.MaxValue, NoLeases) is >= 0 and var leases ? (int)leases : null,
            Member = members.Member("member"),
        };

        var report = new ReportReader();
        foreach (var member in members.Members)
        {
            if (!TryTake(ref report, member, out var reason))
                members.Refuse(reason!);
        }

        return members.Reason is null ? view with { Report = report.ToReport() } : null;
    }

    private static bool TryTake(ref ReportReader report, JsonProperty member, out string? reason)
    {
        // The value is put into the form it has as a parameter, so that one set of rules holds for both.
        reason = null;
        var name = JsonMarshal.GetRawUtf8PropertyName(member);
        switch (member.Value.ValueKind)
        {
            case JsonValueKind.Number:
                return report.TryTake(name, JsonMarshal.GetRawUtf8Value(member.Value), out reason);
            case JsonValueKind.String:
                var quoted = JsonMarshal.GetRawUtf8Value(member.Value);
                return report.TryTake(name, quoted.Contains((byte)'\\') ? Unescape(member.Value) : quoted[1..^1], out reason);
            case JsonValueKind.Array:
                var list = new ArrayBufferWriter<byte>();
                foreach (var element in member.Value.EnumerateArray())
                {
                    if (list.WrittenCount > 0)
                        list.Write(","u8);
                    list.Write(JsonMarshal.GetRawUtf8Value(element).Trim((byte)'"'));
                }

                return report.TryTake(name, list.WrittenSpan, out reason);
            default:
                return true;
        }
    }

    private static byte[] Unescape(JsonElement value)
    {
        var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(value));
        _ = reader.Read();
        var text = new byte[reader.ValueSpan.Length];
        try
        {
            return text[..reader.CopyString(text)];
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair is no text; an empty one is refused where a text must be.
            return [];
        }
    }

    private readonly ref struct JsonSink(Utf8JsonWriter json) : IReportSink
    {
        private readonly Utf8JsonWriter _json = json;

        public void Number(ReadOnlySpan<byte> name, long value) => _json.WriteNumber(name, value);

        public void Percent(ReadOnlySpan<byte> name, double value) => _json.WriteNumber(name, Math.Round(value, 2));

        public void Text(ReadOnlySpan<byte> name, string value) => _json.WriteString(name, value);

        public void Numbers(ReadOnlySpan<byte> name, IReadOnlyList<int> values)
        {
            _json.WriteStartArray(name);
            foreach (var value in values)
                _json.WriteNumberValue(value);
            _json.WriteEndArray();
        }

        public void Texts(ReadOnlySpan<byte> name, IReadOnlyList<string> values)
        {
            _json.WriteStartArray(name);
            foreach (var value in values)
                _json.WriteStringValue(value);
            _json.WriteEndArray();
        }
    }
}
