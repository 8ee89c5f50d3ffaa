using ClusterActors.Protocol.Messages;

namespace ClusterActors.Actors.Gateway;

/// <summary>
/// The replies that a link owes: those to requests without <c>seq</c> go out in the order of the requests, others as they come
/// (PROTOCOL.md section 3).
/// </summary>
internal sealed class OwedReplies
{
    private sealed class Debt(Message request)
    {
        public Message Request { get; } = request;

        public Reply? Reply { get; set; }
    }

    private readonly Queue<Debt> _inOrder = new();
    private int _withSeq;

    /// <summary>Requests that are not answered.</summary>
    public int Count => _inOrder.Count + _withSeq;

    /// <summary>A request has come.</summary>
    public void Add(Message request)
    {
        if (request.Seq is null)
            _inOrder.Enqueue(new Debt(request));
        else
            _withSeq++;
    }

    /// <summary>A request has its reply.</summary>
    /// <param name="request">The same object that was added.</param>
    /// <param name="reply">Its reply.</param>
    /// <returns>The replies that can go out now, in their order.</returns>
    public IReadOnlyList<Reply> Take(Message request, Reply reply)
    {
        if (request.Seq is not null)
        {
            _withSeq--;
            return [reply];
        }

        foreach (var debt in _inOrder)
        {
            if (ReferenceEquals(debt.Request, request))
                debt.Reply = reply;
        }

        var ready = new List<Reply>();
        while (_inOrder.TryPeek(out var first) && first.Reply is { } answer)
        {
            _inOrder.Dequeue();
            ready.Add(answer);
        }

        return ready;
    }
}
