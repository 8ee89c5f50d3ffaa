using System.Globalization;
using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Gateway;

/// <summary>Makes a note (actions 60-69, PROTOCOL.md section 4.5) of what management authority says to another node.</summary>
internal static class AuthorityWriting
{
    /// <summary>Writes a message as a note of 60-68.</summary>
    /// <exception cref="ArgumentException">It is a <see cref="WorkerRequest.Command"/>, which travels as the command itself.</exception>
    public static AuthorityNote Write(AuthorityMessage message) => message switch
    {
        VoterRequest.PreVote ask => Note(60, ask, Number("n", ask.Seq), Number("epoch", ask.Epoch), Number("released", ask.Released)),
        VoterRequest.Vote ask => Note(61, ask, Number("n", ask.Seq), Number("epoch", ask.Epoch), Number("released", ask.Released)),
        VoterRequest.Renew renew => Note(62, renew, Number("n", renew.Seq), Number("epoch", renew.Epoch)),
        VoterRequest.TellPromised ask => Note(63, ask, Number("n", ask.Seq)),
        VoterReply reply => Write(reply),
        Transfer transfer => Note(65, transfer, Number("epoch", transfer.Epoch)),
        WorkerRequest.Take take => Note(66, take, Number("n", take.Seq), Number("epoch", take.Epoch)),
        WorkerReply reply => Write(reply),
        IncarnationMessage.Confirm confirm => OfVoters(AuthorityWords.Confirm, confirm, Text("id", confirm.Id)),
        IncarnationMessage.Confirmed confirmed => OfVoters(
            AuthorityWords.Confirmed, confirmed, Text("id", confirmed.Id), Incarnation("known", confirmed.Known)),
        IncarnationMessage.Readmit readmit => OfVoters(AuthorityWords.Readmit, readmit, Incarnation("new", readmit.New)),
        IncarnationMessage.Readmitted readmitted => Write(readmitted),
        VoterSetMessage.Ask ask => OfVoters(AuthorityWords.Ask, ask),
        VoterSetMessage.Told told => OfVoters(
            AuthorityWords.Told, told, Text("voters", AuthorityLists.Write(told.Voters.Voters)), Time("lease", told.Voters.Lease)),
        _ => throw new ArgumentException($"{message.GetType().Name} has no form as a note.", nameof(message)),
    };

    /// <summary>Writes what a node tells of itself, as a note of 69.</summary>
    public static AuthorityNote Write(VoterStanding standing) => Note(
        69,
        new ManagerRun(standing.Address, standing.Run),
        standing.Set,
        [
            Text("node", standing.Node),
            Number("role", standing.Role),
            Number("workers", standing.Workers),
            .. standing.Voter is { } voter ? Values(voter) : [],
        ]);

    private static AuthorityNote Write(VoterReply reply) => Note(
        64,
        reply,
        Number("n", reply.Seq),
        Text("to", reply.Run),
        Number("epoch", reply.Epoch),
        reply.Granted ? null : Text("refused", AuthorityWords.For(AuthorityWords.Refusals, reply.Refusal)),
        Number("promised", reply.Promised),
        Text("incarnation", reply.Incarnation),
        Text("table", AuthorityLists.Write(reply.Table)));

    private static AuthorityNote Write(WorkerReply reply) => Note(
        67,
        reply,
        Number("n", reply.Seq),
        Text("to", reply.Run),
        Number("epoch", reply.Epoch),
        Text("verdict", AuthorityWords.For(AuthorityWords.Verdicts, reply.Verdict)),
        Number("fence", reply.Fence));

    private static AuthorityNote Write(IncarnationMessage.Readmitted readmitted) => OfVoters(
        AuthorityWords.Readmitted,
        readmitted,
        Incarnation("new", readmitted.New),
        Incarnation("known", readmitted.Known),
        Text("incarnation", readmitted.Incarnation),
        Number("promised", readmitted.Promised),
        Text("table", AuthorityLists.Write(readmitted.Table)),
        Time("longest", readmitted.LongestLease));

    private static Parameter?[] Values(VoterReport voter) =>
    [
        Number("promised", voter.Promised),
        Number("admitted", voter.Admitted ? 1 : 0),
        Time("silent", Left(voter.Silent)),
        Time("lease", Left(voter.Lease)),
        voter.Holder is { } holder ? Text("holder", holder) : null,
        Number("epoch", voter.Epoch),
    ];

    private static AuthorityNote OfVoters(string kind, AuthorityMessage message, params ReadOnlySpan<Parameter?> values) =>
        Note(68, message, [Text("kind", kind), .. values]);

    private static AuthorityNote Note(int action, AuthorityMessage message, params ReadOnlySpan<Parameter?> values) =>
        Note(action, message.From, message.Set, values);

    private static AuthorityNote Note(int action, ManagerRun from, VoterSetId set, ReadOnlySpan<Parameter?> values)
    {
        List<Parameter> all =
        [
            Text("from", from.Node),
            Text("run", from.Run),
            Text("set", string.Create(CultureInfo.InvariantCulture, $"{set.Version}:{set.Hash}")),
        ];
        foreach (var value in values)
        {
            if (value is { } present)
                all.Add(present);
        }

        return new AuthorityNote(action) { Values = all };
    }

    private static Parameter Text(string name, string value) => new(name, value);

    private static Parameter Number(string name, long value) => new(name, value.ToString(CultureInfo.InvariantCulture));

    private static Parameter? Number(string name, long? value) => value is { } number ? Number(name, number) : null;

    private static Parameter Incarnation(string name, Incarnation value) =>
        Text(name, string.Create(CultureInfo.InvariantCulture, $"{value.Number}:{value.Id}"));

    // Rounded up: what is left is over only when it is, and silence is never cut short.
    private static Parameter Time(string name, TimeSpan value) => Number(name, (long)Math.Ceiling(value.TotalMilliseconds));

    private static TimeSpan Left(TimeSpan time) =>
        TimeSpan.FromTicks(Math.Clamp(time.Ticks, 0, AuthoritySettings.MaxLease.Ticks));
}
