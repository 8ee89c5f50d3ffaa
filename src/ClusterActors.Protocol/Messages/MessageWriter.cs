using System.Buffers;

namespace ClusterActors.Protocol.Messages;

/// <summary>Writes messages as payloads of text frames (PROTOCOL.md sections 3 and 4): <c>action</c>, <c>seq</c>, then the rest.</summary>
public static class MessageWriter
{
    /// <summary>Writes any message.</summary>
    /// <exception cref="ArgumentException">The <c>seq</c> has more than 32 characters, its type is not one of this assembly, or the action of a note is none of 60-69.</exception>
    public static void Write(IBufferWriter<byte> writer, Message message)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(message);
        switch (message)
        {
            case ReportMessage report:
                WriteReport(writer, report.Report, report.Seq);
                break;
            case AllocateRequest allocate:
                WriteAllocate(writer, allocate);
                break;
            case ViewRequest:
                _ = Begin(writer, 9, message.Seq);
                break;
            case ClusterQuery query:
                ClusterAddresses.WriteQuery(Begin(writer, 70, query.Seq), query);
                break;
            case CommandRequest command:
                CommandWriter.Write(Begin(writer, CommandWriter.ActionOf(command.Command), command.Seq), command);
                break;
            case AuthorityNote note:
                WriteNote(writer, note);
                break;
            case AuthorityMove move:
                AuthorityWriter.Write(Begin(writer, 6, move.Seq), move);
                break;
            case ForceAuthorityRequest force:
                AuthorityWriter.Write(Begin(writer, 71, force.Seq), force);
                break;
            case ReadmitRequest readmit:
                AuthorityWriter.Write(Begin(writer, 72, readmit.Seq), readmit);
                break;
            case Reply reply:
                WriteReply(writer, reply);
                break;
            default:
                throw new ArgumentException($"{message.GetType().Name} has no form on the wire.", nameof(message));
        }
    }

    /// <summary>Writes a report: the names every server knows, then the others that are present.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="report">What to report.</param>
    /// <param name="seq">The mark of the request, when it is to have one.</param>
    /// <param name="firstRowOnly">Leaves out what existing CshBBrain managers do not know (PROTOCOL.md section 5).</param>
    public static void WriteReport(IBufferWriter<byte> writer, ServerReport report, string? seq = null, bool firstRowOnly = false)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(report);
        var sink = new ParameterSink(Begin(writer, 1, seq));
        ReportFields.WriteFirstRow(report, ref sink);
        if (firstRowOnly)
            return;
        ReportFields.WriteIdentity(report, ref sink);
        ReportFields.WriteRest(report, ref sink);
    }

    private static void WriteAllocate(IBufferWriter<byte> writer, AllocateRequest request)
    {
        var parameters = Begin(writer, 0, request.Seq);
        if (request.Key is { } key)
            parameters.Add("key"u8, key);
        if (request.Explain)
            parameters.Add("explain"u8, 1);
    }

    private static void WriteReply(IBufferWriter<byte> writer, Reply reply)
    {
        var parameters = Begin(writer, reply.IsDone ? 1000 : 2000, reply.Seq);
        if (reply.Code is { } code)
        {
            parameters.Add("code"u8, code);
            parameters.Add("msg"u8, reply.Msg ?? "");
        }

        WriteValues(parameters, reply.Values);
    }

    private static void WriteNote(IBufferWriter<byte> writer, AuthorityNote note)
    {
        if (!AuthorityNote.Knows(note.Action))
            throw new ArgumentException($"A note about management authority has an action from {AuthorityNote.FirstAction} to {AuthorityNote.LastAction}, not {note.Action}.", nameof(note));
        WriteValues(Begin(writer, note.Action, note.Seq), note.Values);
    }

    private static void WriteValues(ParameterWriter parameters, IReadOnlyList<Parameter> values)
    {
        foreach (var (name, value) in values)
            parameters.Add(System.Text.Encoding.UTF8.GetBytes(name), value);
    }

    private static ParameterWriter Begin(IBufferWriter<byte> writer, long action, string? seq)
    {
        if (seq is { Length: > Message.MaxSeqLength })
            throw new ArgumentException($"A seq has at most {Message.MaxSeqLength} characters, not {seq.Length}.", nameof(seq));
        var parameters = new ParameterWriter(writer);
        parameters.Add("action"u8, action);
        if (seq is not null)
            parameters.Add("seq"u8, seq);
        return parameters;
    }

    private ref struct ParameterSink(ParameterWriter parameters) : IReportSink
    {
        private ParameterWriter _parameters = parameters;

        public void Number(ReadOnlySpan<byte> name, long value) => _parameters.Add(name, value);

        public void Percent(ReadOnlySpan<byte> name, double value) => _parameters.AddDecimal(name, value);

        public void Text(ReadOnlySpan<byte> name, string value) => _parameters.Add(name, value);

        public void Numbers(ReadOnlySpan<byte> name, IReadOnlyList<int> values) => _parameters.AddList(name, values);

        public void Texts(ReadOnlySpan<byte> name, IReadOnlyList<string> values) => _parameters.AddList(name, values);
    }
}
