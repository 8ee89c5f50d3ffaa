using Akka.Event;
using ClusterActors.Actors.Manager.Commands;
using static ClusterActors.Actors.Manager.ManagerQueries;

namespace ClusterActors.Actors.Manager;

/// <summary>Every line that the manager logs.</summary>
internal static class ManagerLog
{
    /// <summary>Logs what happened in a decision.</summary>
    public static void Write(ILoggingAdapter log, ManagerNotice notice)
    {
        switch (notice)
        {
            case ManagerNotice.StateChanged { From: null } added:
                log.Info("server {Node} is new on link {Link}: {State}, {Reason}",
                    added.Node, added.Link, added.State, added.Reason);
                break;
            case ManagerNotice.StateChanged changed:
                log.Info("server {Node} on link {Link} is {State} (was {From}): {Reason}",
                    changed.Node, changed.Link, changed.State, changed.From, changed.Reason);
                break;
            case ManagerNotice.TakenOver taken:
                log.Info("server {Node} reports on link {Link} now, while link {Other} is still open",
                    taken.Node, taken.Link, taken.Before);
                break;
            case ManagerNotice.Contested contested:
                log.Warning(
                    "two servers report as {Node}, on link {Link} and on link {Other}: give each its own node id; their places are mixed up until then",
                    contested.Node, contested.Link, contested.Other);
                break;
            case ManagerNotice.Dropped dropped:
                log.Info("server {Node}, last on link {Link}, is gone and no longer listed", dropped.Node, dropped.Link);
                break;
            case ManagerNotice.RegistryFull full:
                log.Warning("server {Node} on link {Link} is refused: the registry is full", full.Node, full.Link);
                break;
            case ManagerNotice.CommandSent sent:
                CommandLog.Write(log, sent);
                break;
            case ManagerNotice.CommandEnded ended:
                CommandLog.Write(log, ended);
                break;
            case ManagerNotice.CannotFollow stays:
                log.Warning(
                    "{Node} on link {Link} is an existing CshBBrain (Java) server: it was told that {Holder} commands now and ignores that. Its reports still come here; "
                    + "to have it allocated and commanded, configure that address as its manager and restart it",
                    stays.Node, stays.Link, stays.Holder);
                break;
            case ManagerNotice.ReplyDropped dropped:
                log.Debug("a reply on link {Link} with seq {Seq} answers no command that is under way", dropped.Link, Uri.EscapeDataString(dropped.Seq ?? ""));
                break;
        }
    }

    /// <summary>Logs an allocation. The key is escaped: it comes from a client and could hold a line end.</summary>
    public static void Write(ILoggingAdapter log, Allocate request, AllocationDecision decision)
    {
        var key = request.Key is { Length: <= Allocation.MaxKeyLength } text ? Uri.EscapeDataString(text) : "";
        switch (decision.Answer)
        {
            case AllocationGranted granted when decision.Choice is { } choice:
                log.Debug("allocated {Node} port {Port} under lease {Lease} for key {Key}, against {Other}: {Reason}",
                    granted.Node, granted.Port, granted.Lease, key, choice.Other?.Node ?? "none",
                    AllocationExplanation.Why(choice, decision.State.Settings));
                break;
            case AllocationRefused refused:
                log.Debug("allocated nothing for key {Key}: {Code}, {Reason}", key, refused.Code, refused.Message);
                break;
        }
    }
}
