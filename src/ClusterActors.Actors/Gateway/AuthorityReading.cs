using ClusterActors.Actors.Authority;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Gateway;

/// <summary>Makes of a note that came (actions 60-69, PROTOCOL.md section 4.5) what management authority understands.</summary>
internal static class AuthorityReading
{
    /// <summary>Reads a note of 60-68.</summary>
    /// <param name="note">What came, from anyone.</param>
    /// <param name="reason">What is wrong with it, for a reply <see cref="FailureCode.BadRequest"/>.</param>
    /// <returns>The message; <see langword="null"/> when anything is wrong with it.</returns>
    public static AuthorityMessage? Read(AuthorityNote note, out string? reason)
    {
        var fields = new AuthorityFields(note);
        var from = fields.From();
        var set = fields.Set();
        AuthorityMessage? message = note.Action switch
        {
            60 => new VoterRequest.PreVote(from, set, fields.Number("n"), fields.Number("epoch"), fields.NumberOrNull("released")),
            61 => new VoterRequest.Vote(from, set, fields.Number("n"), fields.Number("epoch"), fields.NumberOrNull("released")),
            62 => new VoterRequest.Renew(from, set, fields.Number("n"), fields.Number("epoch")),
            63 => new VoterRequest.TellPromised(from, set, fields.Number("n")),
            64 => ReadVoterReply(fields, from, set),
            65 => new Transfer(from, set, fields.Number("epoch")),
            66 => new WorkerRequest.Take(from, set, fields.Number("n"), fields.Number("epoch")),
            67 => ReadWorkerReply(fields, from, set),
            68 => ReadOfVoters(fields, from, set),
            _ => null,
        };
        reason = fields.Reason ?? (message is null ? $"action {note.Action} is none of 60-68" : null);
        return reason is null ? message : null;
    }

    /// <summary>Reads a note of 69.</summary>
    /// <param name="note">What came, from anyone.</param>
    /// <param name="reason">What is wrong with it, for a reply <see cref="FailureCode.BadRequest"/>.</param>
    /// <returns>What a node tells of itself; <see langword="null"/> when anything is wrong with it.</returns>
    public static VoterStanding? ReadStanding(AuthorityNote note, out string? reason)
    {
        var fields = new AuthorityFields(note);
        var from = fields.From();
        var standing = new VoterStanding(
            from.Node,
            from.Run,
            fields.Set(),
            fields.Name("node"),
            (int)fields.Number("role", 1, 3),
            (int)fields.Number("workers", max: int.MaxValue),
            fields.Has("promised") || fields.Has("admitted") ? ReadReport(fields) : null);
        reason = note.Action == 69 ? fields.Reason : $"action {note.Action} is not 69";
        return reason is null ? standing : null;
    }

    private static VoterReply ReadVoterReply(AuthorityFields fields, ManagerRun from, VoterSetId set) => new(
        from,
        set,
        fields.Name("to"),
        fields.Number("n"),
        fields.Number("epoch"),
        fields.Has("refused") ? fields.Word("refused", AuthorityWords.Refusals) : VoterRefusal.None,
        fields.Number("promised"),
        fields.Name("incarnation"),
        fields.Table());

    private static WorkerReply ReadWorkerReply(AuthorityFields fields, ManagerRun from, VoterSetId set) => new(
        from,
        set,
        fields.Name("to"),
        fields.Number("n"),
        fields.Number("epoch"),
        fields.Word("verdict", AuthorityWords.Verdicts),
        fields.Number("fence"));

    private static AuthorityMessage? ReadOfVoters(AuthorityFields fields, ManagerRun from, VoterSetId set) =>
        fields.Word("kind", AuthorityWords.Kinds) switch
        {
            AuthorityWords.Confirm => new IncarnationMessage.Confirm(from, set, fields.Name("id")),
            AuthorityWords.Confirmed => new IncarnationMessage.Confirmed(from, set, fields.Name("id"), fields.Incarnation("known")),
            AuthorityWords.Readmit => new IncarnationMessage.Readmit(from, set, fields.Incarnation("new")),
            AuthorityWords.Readmitted => ReadReadmitted(fields, from, set),
            AuthorityWords.Ask => new VoterSetMessage.Ask(from, set),
            _ => fields.Voters(set) is { } voters ? new VoterSetMessage.Told(from, voters) : null,
        };

    private static IncarnationMessage.Readmitted ReadReadmitted(AuthorityFields fields, ManagerRun from, VoterSetId set) => new(
        from,
        set,
        fields.Incarnation("new"),
        fields.Incarnation("known"),
        fields.Name("incarnation"),
        fields.Number("promised"),
        fields.Table(),
        fields.Time("longest", AuthoritySettings.MinLease, AuthoritySettings.MaxLease));

    private static VoterReport ReadReport(AuthorityFields fields) => new(
        fields.Number("promised"),
        fields.Flag("admitted"),
        fields.Time("silent", TimeSpan.Zero, AuthoritySettings.MaxLease),
        fields.Time("lease", TimeSpan.Zero, AuthoritySettings.MaxLease),
        fields.NameOrNull("holder"),
        fields.Number("epoch"));
}
