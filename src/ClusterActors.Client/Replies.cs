using System.Globalization;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Client;

/// <summary>Makes of a manager's reply what was asked for.</summary>
internal static class Replies
{
    /// <summary>The worker of a reply to action 0.</summary>
    /// <exception cref="RequestRefusedException">The reply is not done.</exception>
    /// <exception cref="LinkException">It is done but lacks what it must carry.</exception>
    public static WorkerAllocation ReadAllocation(ManagerAnswer answer)
    {
        ThrowIfRefused(answer);
        if (answer.IsCshBBrain)
            return new WorkerAllocation { Worker = Worker(answer.Reply), Manager = answer.Manager };
        if (!AllocationReply.TryRead(answer.Reply, out var allocation, out var reason))
            throw Unreadable(reason);
        return new WorkerAllocation
        {
            Worker = new ServerAddress(allocation!.Ip, allocation.Port),
            Manager = answer.Manager,
            Node = allocation.Node,
            Lease = allocation.Lease,
            ExpiresIn = TimeSpan.FromSeconds(allocation.ExpiresSeconds),
            Epoch = allocation.Epoch,
            Explanation = allocation.Explain ?? [],
        };
    }

    /// <summary>The servers of a reply to action 9.</summary>
    /// <exception cref="RequestRefusedException">The reply is not done.</exception>
    /// <exception cref="LinkException">It is done but lacks what it must carry.</exception>
    public static ViewReply ReadView(ManagerAnswer answer)
    {
        ThrowIfRefused(answer);
        return ViewReply.TryRead(answer.Reply, out var view, out var reason) ? view! : throw Unreadable(reason);
    }

    /// <summary>The outcome of a reply to a command; what it leaves out, or what is no number, is not known.</summary>
    /// <exception cref="RequestRefusedException">The reply is not done.</exception>
    public static CommandOutcome ReadOutcome(ManagerAnswer answer, CommandRequest request)
    {
        ThrowIfRefused(answer);
        var reply = answer.Reply;
        return new CommandOutcome
        {
            Node = request.Node!,
            Command = request.Command,
            Seq = request.Seq!,
            Manager = answer.Manager,
            Before = reply.Find("before"),
            After = reply.Find("after"),
            Took = Milliseconds(reply.Find("took")),
            Clients = Count(reply.Find("clients")),
            Finishing = Count(reply.Find("finishing")) ?? 0,
            IsKept = reply.Find("kept") != "0",
        };
    }

    /// <summary>The new holder of a reply to action 6.</summary>
    /// <exception cref="RequestRefusedException">The reply is not done.</exception>
    /// <exception cref="LinkException">It is done but does not say who holds authority now.</exception>
    public static AuthorityOutcome ReadHandover(ManagerAnswer answer) => ReadAuthority(answer) switch
    {
        { Node: null } => throw Unreadable("it does not name the holder"),
        { Address: null } => throw Unreadable("it does not tell the holder's address"),
        { Epoch: null } => throw Unreadable("it does not tell the epoch"),
        var outcome => outcome,
    };

    /// <summary>What a reply to action 6, 71 or 72 tells of the holder; what it leaves out, or what is no number, is not known.</summary>
    /// <exception cref="RequestRefusedException">The reply is not done.</exception>
    public static AuthorityOutcome ReadAuthority(ManagerAnswer answer)
    {
        ThrowIfRefused(answer);
        var reply = answer.Reply;
        long? epoch = long.TryParse(reply.Find("epoch"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        return new AuthorityOutcome(
            reply.Find("node") is { Length: > 0 } node ? node : null, Address(reply), epoch, Milliseconds(reply.Find("took")));
    }

    /// <summary>Where a reply sends on to, or whom it names: <c>ip</c> and <c>port</c>; <see langword="null"/> without a good one of each.</summary>
    public static ServerAddress? Address(Reply reply) =>
        reply.Find("ip") is { Length: > 0 } ip
        && int.TryParse(reply.Find("port"), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        && port is > 0 and <= 65535
            ? new ServerAddress(ip, port)
            : null;

    /// <summary>A reply that is not done, as an exception.</summary>
    public static RequestRefusedException Refusal(ManagerAnswer answer) =>
        new(answer.Manager, answer.Reply.Code!, answer.Reply.Msg ?? "", AllocationReply.ReadExplanation(answer.Reply));

    private static void ThrowIfRefused(ManagerAnswer answer)
    {
        if (!answer.Reply.IsDone)
            throw Refusal(answer);
    }

    private static ServerAddress Worker(Reply reply) =>
        reply.Find("ip") is { } ip && int.TryParse(reply.Find("port"), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? new ServerAddress(ip, port)
            : throw Unreadable("it names no worker");

    private static int? Count(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    private static TimeSpan? Milliseconds(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var time) && time < TimeSpan.MaxValue.TotalMilliseconds
            ? TimeSpan.FromMilliseconds(time)
            : null;

    private static LinkException Unreadable(string? reason) => new($"sent a reply that cannot be read: {reason}");
}
