using System.Collections.Immutable;
using ClusterActors.Protocol.Messages;

namespace ClusterActors.Client;

/// <summary>Decides which manager to ask next: each of the list once, and between them those that a reply names as authority.</summary>
internal sealed record ManagerSearch
{
    private readonly IReadOnlyList<ServerAddress> _managers;
    private readonly int _maxRedirects;
    private ImmutableHashSet<ServerAddress> _tried = [];
    private ImmutableList<ManagerAttempt> _failures = [];
    private RequestRefusedException? _refusal;
    private bool _isHolderNamed;
    private int _redirects;

    private ManagerSearch(IReadOnlyList<ServerAddress> managers, int maxRedirects)
    {
        _managers = managers;
        _maxRedirects = maxRedirects;
    }

    /// <summary>The manager to ask now; <see langword="null"/> when all were asked in vain.</summary>
    public ServerAddress? Next { get; private init; }

    /// <summary>Whether one said that it is not the holder, so that there may be one when all are asked again.</summary>
    public bool MayFindHolder => _refusal is not null;

    /// <summary>
    /// Whether a reply says that only another server may do what was asked, and that nothing was done: <c>not-authority</c>, or
    /// <c>stale-epoch</c> of a worker that knows a newer holder than the manager that asked it.
    /// </summary>
    public static bool IsForHolder(Reply reply) => reply.Code is FailureCode.NotAuthority or FailureCode.StaleEpoch;

    /// <summary>Begins with the one that a link is kept to, else with the first of the list.</summary>
    public static ManagerSearch Start(IReadOnlyList<ServerAddress> managers, int maxRedirects, ServerAddress? kept = null) =>
        new(managers, maxRedirects) { Next = kept ?? managers[0] };

    /// <summary>The manager did not answer.</summary>
    public ManagerSearch Failed(string reason) =>
        this with { _failures = _failures.Add(new ManagerAttempt(Next!.Value, reason)), _tried = _tried.Add(Next.Value), Next = Untried() };

    /// <summary>The manager answered <see cref="IsForHolder"/>, with or without the holder's address (PROTOCOL.md section 3).</summary>
    public ManagerSearch Redirected(ManagerAnswer answer)
    {
        var holder = Replies.Address(answer.Reply);
        var follow = holder is not null && _redirects < _maxRedirects && _failures.All(failure => failure.Manager != holder);
        return this with
        {
            _refusal = Replies.Refusal(answer),
            _isHolderNamed = holder is not null,
            _tried = _tried.Add(Next!.Value),
            _redirects = follow ? _redirects + 1 : _redirects,
            Next = follow ? holder : Untried(),
        };
    }

    /// <summary>Why the search ended without an answer: the holder that was named is of no use, or what was said of there being none.</summary>
    public FleetException Outcome() =>
        _refusal is not null && (_failures.IsEmpty || !_isHolderNamed) ? _refusal : new ManagerUnreachableException(_failures);

    private ServerAddress? Untried()
    {
        foreach (var manager in _managers)
        {
            if (manager != Next && !_tried.Contains(manager))
                return manager;
        }

        return null;
    }
}
