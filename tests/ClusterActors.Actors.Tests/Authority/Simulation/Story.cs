using System.Globalization;
using System.Text;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;

namespace ClusterActors.Actors.Tests.Authority.Simulation;

/// <summary>What happened in a simulation, for a person to read.</summary>
internal sealed class Story
{
    private const int MostLines = 4000;

    private readonly Queue<string> _lines = new();

    public void Tell(long time, string node, string what)
    {
        if (_lines.Count >= MostLines)
            _ = _lines.Dequeue();
        _lines.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{time / 1e6,10:0.000000} {node,-10} {what}"));
    }

    /// <summary>In a few words; null for what is not worth a line.</summary>
    public static string? Of(object? what) => what switch
    {
        VoterRequest.PreVote ask => $"pre-vote at {ask.Epoch}? {ask.From.Run} seq {ask.Seq}",
        VoterRequest.Vote ask => $"vote at {ask.Epoch}? released {ask.Released?.ToString(CultureInfo.InvariantCulture) ?? "-"} {ask.From.Run} seq {ask.Seq}",
        VoterRequest.Renew ask => $"renew {ask.Epoch} {ask.From.Run} seq {ask.Seq}",
        VoterRequest.TellPromised ask => $"promised? seq {ask.Seq}",
        VoterReply reply => $"{(reply.Granted ? "yes" : $"no ({reply.Refusal})")} to epoch {reply.Epoch} seq {reply.Seq}, promised {reply.Promised}, as {reply.Incarnation}",
        Transfer transfer => $"transfer {transfer.Epoch}",
        WorkerRequest.Take take => $"take {take.Epoch} {take.From.Run}",
        WorkerRequest.Command command => $"command {command.Token} at {command.Epoch} {command.From.Run}",
        WorkerReply reply => $"{reply.Verdict} {reply.Epoch}, fence {reply.Fence}",
        IncarnationMessage.Confirm confirm => $"confirm {confirm.Id}?",
        IncarnationMessage.Confirmed confirmed => $"known as {confirmed.Known.Id} number {confirmed.Known.Number}",
        IncarnationMessage.Readmit readmit => $"readmit {readmit.New.Id} number {readmit.New.Number}?",
        IncarnationMessage.Readmitted readmitted => $"readmit: {readmitted.Known.Id} number {readmitted.Known.Number}, promised {readmitted.Promised}",
        AuthorityInput.Received received => $"gets from {received.Message.From.Node}: {Of(received.Message)}",
        AuthorityInput.Tick => null,
        AuthorityEffect.Send send => $"  sends to {send.To}: {Of(send.Message)}",
        AuthorityEffect.WriteBallot write => $"  writes ballot {write.Ticket}: promised {write.Ballot.Promised}, {(write.Ballot.Admitted ? "admitted" : "not admitted")} as {write.Ballot.Incarnation}",
        AuthorityEffect.WriteFence write => $"  writes fence {write.Ticket}: {write.Fence.Epoch} of {write.Fence.Holder?.Run ?? "nobody"}",
        AuthorityEffect.Queue queue => $"  lets in {queue.Command.Token} of epoch {queue.Command.Epoch}",
        AuthorityEffect.RefuseOrder => null,
        AuthorityEffect.Say say => $"  * {say.Notice}",
        AuthorityInput.Order => null,
        _ => what?.ToString(),
    };

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var line in _lines)
            text.AppendLine(line);
        return text.ToString();
    }
}
