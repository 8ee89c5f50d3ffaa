using System.Buffers;
using System.Globalization;
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

    /// <summary>
    /// A view: <c>manager</c>, <c>authority</c> and <c>holder</c> when there is one, <c>epoch</c>, <c>since</c>, <c>why</c> and <c>voters</c> when
    /// they are told, <c>count</c>, <c>nodes</c>.
    /// </summary>
    public static string Of(ViewReply view) => Write(json =>
    {
        json.WriteString("manager", view.Manager);
        if (!string.IsNullOrEmpty(view.Authority))
            json.WriteString("authority", view.Authority);
        if (view.Holder is { } holder)
            json.WriteString("holder", holder);
        json.WriteNumber("epoch", view.Epoch);
        if (view.SinceMs is { } since)
            json.WriteNumber("since", since);
        if (view.Why is { } why)
            json.WriteString("why", why);
        json.WriteNumber("count", view.Count);
        var reply = view.ToReply();
        if (reply.Find("voters") is { } voters)
        {
            json.WritePropertyName("voters");
            json.WriteRawValue(voters);
        }

        json.WritePropertyName("nodes");
        json.WriteRawValue(reply.Find("nodes")!);
    });

    /// <summary>An allocation: <c>ip</c>, <c>port</c>, then <c>node</c>, <c>lease</c>, <c>expires</c>, <c>epoch</c> and <c>explain</c> when there are any.</summary>
    public static string Of(WorkerAllocation allocation) => Write(json => WriteAllocation(json, allocation));

    /// <summary>A refusal: <c>code</c>, <c>msg</c>, and <c>explain</c> when there is one.</summary>
    public static string Of(RequestRefusedException refusal) => Write(json =>
    {
        json.WriteString("code", refusal.Code);
        json.WriteString("msg", refusal.Reason);
        WriteExplanation(json, refusal.Explanation);
    });

    /// <summary>
    /// A command that was executed: <c>node</c>, <c>command</c> in words, <c>seq</c>, and what the worker says of <c>before</c>,
    /// <c>after</c>, <c>took</c>, <c>clients</c>, <c>finishing</c> and <c>kept</c>. Ports are an array, everything else is a number.
    /// </summary>
    public static string Of(CommandOutcome outcome) => Write(json =>
    {
        json.WriteString("node", outcome.Node);
        json.WriteString("command", outcome.Command.ToWords());
        json.WriteString("seq", outcome.Seq);
        var isList = outcome.Command is ServerCommand.OpenPort or ServerCommand.ClosePort;
        WriteValue(json, "before", outcome.Before, isList);
        WriteValue(json, "after", outcome.After, isList);
        if (outcome.Took is { } took)
            json.WriteNumber("took", Math.Round(took.TotalMilliseconds, 2));
        if (outcome.Clients is { } clients)
            json.WriteNumber("clients", clients);
        if (outcome.Finishing > 0)
            json.WriteNumber("finishing", outcome.Finishing);
        if (!outcome.IsKept)
            json.WriteNumber("kept", 0);
    });

    /// <summary>Who holds management authority: <c>node</c>, <c>ip</c>, <c>port</c>, <c>epoch</c>, <c>took</c>, as far as they are known.</summary>
    public static string Of(AuthorityOutcome outcome) => Write(json => WriteAuthority(json, outcome));

    /// <summary>Forced authority: <c>voters</c>, and the same.</summary>
    public static string Of(AuthorityOutcome outcome, IReadOnlyList<ServerAddress> voters) => Write(json =>
    {
        json.WriteStartArray("voters");
        foreach (var voter in voters)
            json.WriteStringValue(voter.ToString());
        json.WriteEndArray();
        WriteAuthority(json, outcome);
    });

    /// <summary>A command that a manager or worker refused: <c>node</c>, <c>code</c>, <c>msg</c>.</summary>
    public static string Of(string node, RequestRefusedException refusal) => Write(json =>
    {
        json.WriteString("node", node);
        json.WriteString("code", refusal.Code);
        json.WriteString("msg", refusal.Reason);
    });

    /// <summary>A command that nobody answered: <c>node</c>, <c>msg</c>.</summary>
    public static string Of(string node, FleetException failure) => Write(json =>
    {
        json.WriteString("node", node);
        json.WriteString("msg", failure.Message);
    });

    /// <summary>What is left on a worker that drains: <c>node</c>, <c>state</c>, <c>clientCount</c>, <c>outstandingLeases</c>.</summary>
    public static string Of(string node, DrainProgress progress) => Write(json =>
    {
        json.WriteString("node", node);
        if (progress.State is { } state)
            json.WriteString("state", state.ToString().ToLowerInvariant());
        json.WriteNumber("clientCount", progress.Clients);
        json.WriteNumber("outstandingLeases", progress.Leases);
    });

    /// <summary>One try: the allocation, what was sent and received, and the milliseconds from the one to the other.</summary>
    public static string Of(WorkerTry tried) => Write(json =>
    {
        WriteAllocation(json, tried.Allocation);
        json.WriteString("sent", tried.Sent);
        json.WriteString("received", tried.Received);
        json.WriteNumber("milliseconds", Math.Round(tried.Took.TotalMilliseconds, 3));
    });

    private static void WriteValue(Utf8JsonWriter json, string name, string? value, bool isList)
    {
        if (value is null)
            return;
        if (!isList && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            json.WriteNumber(name, number);
            return;
        }

        var ports = value.Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (!isList || !ports.All(port => ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            json.WriteString(name, value);
            return;
        }

        json.WriteStartArray(name);
        foreach (var port in ports)
            json.WriteNumberValue(ushort.Parse(port, NumberStyles.None, CultureInfo.InvariantCulture));
        json.WriteEndArray();
    }

    private static void WriteAuthority(Utf8JsonWriter json, AuthorityOutcome outcome)
    {
        if (outcome.Node is { } node)
            json.WriteString("node", node);
        if (outcome.Address is { } address)
        {
            json.WriteString("ip", address.Host);
            json.WriteNumber("port", address.Port);
        }

        if (outcome.Epoch is { } epoch)
            json.WriteNumber("epoch", epoch);
        if (outcome.Took is { } took)
            json.WriteNumber("took", Math.Round(took.TotalMilliseconds, 2));
    }

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
        if (allocation.Epoch is { } epoch)
            json.WriteNumber("epoch", epoch);
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
