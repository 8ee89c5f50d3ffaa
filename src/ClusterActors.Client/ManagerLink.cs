using System.Buffers;
using System.Globalization;
using ClusterActors.Protocol.Frames;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Client;

/// <summary>A link to one manager: a request, then its reply (PROTOCOL.md section 3), one at a time.</summary>
internal sealed class ManagerLink(ServerAddress manager, FramedConnection connection, bool isCshBBrain)
{
    private long _lastSeq;

    /// <summary>Asks and waits for the reply.</summary>
    /// <exception cref="LinkException">The link ended or what came is no message.</exception>
    public async Task<ManagerAnswer> AskAsync(Message request, CancellationToken cancellation)
    {
        if (isCshBBrain && request is not AllocateRequest)
            return new ManagerAnswer(manager, Unanswerable(), IsCshBBrain: true);

        // An existing CshBBrain server knows neither seq nor our parameters, and decodes escapes before it splits (section 5).
        var seq = isCshBBrain ? null : request.Seq ?? (++_lastSeq).ToString(CultureInfo.InvariantCulture);
        await SendAsync(isCshBBrain ? new AllocateRequest() : request with { Seq = seq }, cancellation);
        while (true)
        {
            var received = await connection.ReceiveAsync(cancellation);
            if (!received.IsText)
                throw new LinkException("sent a binary message where a reply was due");
            if (ReadCshBBrain(received.Payload.Span) is { } translated)
                return new ManagerAnswer(manager, translated, IsCshBBrain: true);
            if (!MessageReader.TryRead(received.Payload.Span, out var message, out var refusal))
                await RefuseAsync(refusal, cancellation);
            else if (message is not Reply reply)
                await RefuseAsync(Reply.Failed(FailureCode.UnknownAction, "a client takes no requests") with { Seq = message!.Seq }, cancellation);
            else if (reply.Seq == seq || reply.Seq is null)
                return new ManagerAnswer(manager, reply, isCshBBrain);
        }
    }

    /// <summary>Closes the link politely.</summary>
    public ValueTask CloseAsync() => connection.DisposeAsync();

    /// <summary>Drops the link without a word.</summary>
    public void Abort() => connection.Abort();

    private static Reply Unanswerable() => Reply.Failed(
        FailureCode.UnknownAction,
        "it is an existing CshBBrain (Java) server, which can allocate (action 0) but has no view of its servers (action 9) and passes no commands on; ask a ClusterActors manager");

    private static Reply? ReadCshBBrain(ReadOnlySpan<byte> payload)
    {
        if (CshBBrainCompat.TryReadAllocation(payload, out var ip, out var port))
            return Reply.Done(new Parameter("ip", ip), new Parameter("port", port.ToString(CultureInfo.InvariantCulture)));
        return CshBBrainCompat.TryReadFailure(payload, out var reason)
            ? Reply.Failed(FailureCode.Internal, $"{reason}; it answers so to an allocation when no server reports to it")
            : null;
    }

    private Task RefuseAsync(Reply? refusal, CancellationToken cancellation) =>
        refusal is null ? throw new LinkException("sent a reply that cannot be read") : SendAsync(refusal, cancellation);

    private Task SendAsync(Message message, CancellationToken cancellation)
    {
        var payload = new ArrayBufferWriter<byte>();
        MessageWriter.Write(payload, message);
        return connection.SendAsync(Opcode.Text, payload.WrittenSpan, cancellation);
    }
}
