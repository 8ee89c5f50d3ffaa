using Akka.Event;
using ClusterActors.Actors.Authority.Rules;

namespace ClusterActors.Actors.Authority;

/// <summary>Puts what happens to authority into the log, a line for each, the same complaint once in a minute. Used by one actor alone.</summary>
internal sealed class AuthorityLog(ILoggingAdapter log, string node)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private const int MostComplaints = 100;

    private readonly Dictionary<string, TimeSpan> _complaints = [];

    /// <summary>Writes one notice.</summary>
    public void Write(AuthorityNotice notice, AuthoritySnapshot newest, TimeSpan now)
    {
        switch (notice)
        {
            case AuthorityNotice.Stood stood:
                log.Debug("{Node} stands for election at epoch {Epoch}", node, stood.Epoch);
                break;
            case AuthorityNotice.GaveUp gaveUp:
                log.Debug("{Node} was not elected at epoch {Epoch}", node, gaveUp.Epoch);
                break;
            case AuthorityNotice.Won won:
                log.Debug("{Node} won the election at epoch {Epoch}; it may act once a majority has acknowledged it", node, won.Epoch);
                break;
            case AuthorityNotice.Holds holds:
                log.Info("{Node} holds management authority at epoch {Epoch}: it may command and allocate", node, holds.Epoch);
                break;
            case AuthorityNotice.Lapsed lapsed:
                log.Warning("{Node} lost management authority at epoch {Epoch}: no majority of the voters acknowledged it in time", node, lapsed.Epoch);
                break;
            case AuthorityNotice.Released released:
                log.Info("{Node} hands management authority over to {Target}; it commands no more at epoch {Epoch}", node, newest.NodeOf(released.Target), released.Epoch);
                break;
            case AuthorityNotice.SuccessorMissing missing:
                log.Warning("{Target} was handed authority and was not heard of as its holder", newest.NodeOf(missing.Target));
                break;
            case AuthorityNotice.Outdated outdated:
                log.Warning("{Informant} knows of epoch {Newer}, newer than {Epoch} that {Node} holds: it stands for election above it",
                    newest.NodeOf(outdated.Node), outdated.Newer, outdated.Epoch, node);
                break;
            case AuthorityNotice.ConfigurationOverruled overruled:
                log.Warning("The voters are {Used}, as the ballot says, not {Configured} as configured: voters change only by force-authority, or where there was one only",
                    Name(overruled.Used), Name(overruled.Configured));
                break;
            case AuthorityNotice.VotersChanged changed:
                log.Warning("The voters are {Used} from now on", Name(changed.Voters));
                break;
            case AuthorityNotice.Admitted admitted:
                log.Info("{Node} votes on management authority from now on (ballot {Incarnation})", node, admitted.Incarnation);
                break;
            default:
                Complain(notice, newest, now);
                break;
        }
    }

    /// <summary>A server was dialed under another name than its own: as a voter it would not be found.</summary>
    public void CallsItselfOtherwise(string dialed, string name, TimeSpan now)
    {
        if (IsDue($"{dialed} {name}", now))
        {
            log.Error("The server dialed as {Address} calls itself {Name}: as a voter it is known by one of the two only. Write its clustersHost (or host) and clustersPort in clustersServer and clustersWitness as it has them",
                dialed, name);
        }
    }

    private static string Name(VoterSet voters) => $"{string.Join(", ", voters.Voters)} with a lease of {voters.Lease.TotalSeconds:0.###} s";

    private void Complain(AuthorityNotice notice, AuthoritySnapshot newest, TimeSpan now)
    {
        if (!IsDue(notice.ToString(), now))
            return;
        switch (notice)
        {
            case AuthorityNotice.OtherVoters other:
                log.Error("{Informant} is configured with other voters or another lease than {Node}: clustersServer, clustersWitness and authority.lease must be the same on every server",
                    newest.NodeOf(other.Node), node);
                break;
            case AuthorityNotice.NeedsReadmission needs:
                log.Error("{Node} does not vote: {Informant} knows it by an earlier ballot, which is lost. If its disk was replaced, readmit it (readmit {Node})",
                    node, newest.NodeOf(needs.Node), node);
                break;
            case AuthorityNotice.BallotNotWritten ballot:
                log.Error("The ballot cannot be written, so {Node} does not vote{Readable}", node, ballot.Readable ? " on this" : " at all");
                break;
            case AuthorityNotice.FenceNotWritten fence:
                log.Error("The fence cannot be written, so {Node} obeys no new holder of authority{Readable}", node, fence.Readable ? "" : " and no old one");
                break;
            case AuthorityNotice.FenceFound found:
                log.Info("The newest epoch this worker may have accepted is {Epoch}, as a majority of the voters says", found.Epoch);
                break;
            case AuthorityNotice.Dropped:
                log.Warning("More about authority waits for the disk than is kept; a message was dropped and will be sent again");
                break;
        }
    }

    private bool IsDue(string complaint, TimeSpan now)
    {
        if (_complaints.TryGetValue(complaint, out var at) && now - at < Interval)
            return false;
        if (_complaints.Count >= MostComplaints)
            _complaints.Clear();
        _complaints[complaint] = now;
        return true;
    }
}
