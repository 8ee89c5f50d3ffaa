using System.Globalization;
using Akka.Actor;
using Akka.Event;
using ClusterActors.Actors.Authority.Rules;
using ClusterActors.Actors.Worker.Commands;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Authority;

/// <summary>
/// The commands that managers send to this worker, while its fence judges them. One that is let in goes to the executor; any other is
/// answered. Used by one actor alone; what waits is bounded by <see cref="AuthoritySettings.MaxWaiting"/>.
/// </summary>
/// <param name="executor">Executes commands; null when this node is no worker.</param>
/// <param name="log">The audit trail: the executor writes what it is given, this the rest.</param>
/// <param name="node">Node id.</param>
internal sealed class AdmittedCommands(IActorRef? executor, ILoggingAdapter log, string node)
{
    private readonly Dictionary<long, (CommandEvents.Received Received, IActorRef Link)> _open = [];
    private long _last;

    /// <summary>A command came.</summary>
    /// <returns>What the fence has to judge; null when that is not needed.</returns>
    public WorkerRequest.Command? Take(CommandEvents.Received received, IActorRef link, AuthorityState state)
    {
        var request = received.Request;
        if (state.Fencing is null || executor is null)
            Answer(received, link, Reply.Failed(FailureCode.BadRequest, "this server is a manager only and does no business work"));
        else if (request is { Epoch: { } epoch, From: { } from, Run: { } run })
            return Keep(received, link, new ManagerRun(from, run), epoch, state);
        else if (!received.IsCshBBrain)
            Answer(received, link, Reply.Failed(FailureCode.BadRequest, "epoch, from and run must be there: this worker obeys the holder of management authority only"));
        else if (state.Fencing.Fence is { Epoch: > 0 })
            Answer(received, link, AuthorityReplies.Stale(state, FenceVerdict.Stale, 0));
        else
            executor.Tell(received, link);
        return null;
    }

    /// <summary>The fence lets a command in.</summary>
    public void Admit(WorkerRequest.Command command)
    {
        if (_open.Remove(command.Seq, out var open))
            executor!.Tell(open.Received, open.Link);
    }

    /// <summary>The fence does not let a command in.</summary>
    /// <returns>Whether the verdict was about a command.</returns>
    public bool Refuse(WorkerReply reply, AuthorityState state)
    {
        if (!_open.Remove(reply.Seq, out var open))
            return false;
        Answer(open.Received, open.Link, AuthorityReplies.Stale(state, reply.Verdict, reply.Epoch));
        return true;
    }

    /// <summary>What is neither judged nor waits to be is no more: the fence could not be written, or too many wait.</summary>
    public void Drop(AuthorityState state)
    {
        // A voter that is no worker drops something too, and has no commands.
        if (state.Fencing is not { } fencing)
            return;
        var waiting = fencing.Waiting.OfType<WorkerRequest.Command>().Select(command => command.Seq)
            .Concat((fencing.Pending?.After ?? []).OfType<AuthorityEffect.Queue>().Select(queue => queue.Command.Seq))
            .ToHashSet();
        foreach (var (seq, open) in _open.Where(open => !waiting.Contains(open.Key)).ToArray())
        {
            _open.Remove(seq);
            Answer(open.Received, open.Link, Reply.Failed(FailureCode.Internal, "the newest epoch could not be written to disk, or too many commands wait for that; it was not executed"));
        }
    }

    // Negative, so that no other request has it.
    private WorkerRequest.Command Keep(CommandEvents.Received received, IActorRef link, ManagerRun from, long epoch, AuthorityState state)
    {
        _open.Add(--_last, (received, link));
        return new WorkerRequest.Command(from, state.Voters.Id, _last, epoch, _last.ToString(CultureInfo.InvariantCulture));
    }

    private void Answer(CommandEvents.Received received, IActorRef link, Reply reply)
    {
        CommandAudit.Answered(log, node, new CommandEffect.Answer(new CommandCall(link, received.Request, received.Manager), reply));
        link.Tell(new CommandEvents.Answered(reply with { Seq = received.Request.Seq }, received.Request));
    }
}
