using System.Collections.Immutable;
using System.Globalization;
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
    private int _redirects;

    private ManagerSearch(IReadOnlyList<ServerAddress> managers, int maxRedirects)
    {
        _managers = managers;
        _maxRedirects = maxRedirects;
    }

    /// <summary>The manager to ask now; <see langword="null"/> when all were asked in vain.</summary>
    public ServerAddress? Next { get; private init; }

    /// <summary>Begins with the one that a link is kept to, else with the first of the list.</summary>
    public static ManagerSearch Start(IReadOnlyList<ServerAddress> managers, int maxRedirects, ServerAddress? kept = null) =>
        new(managers, maxRedirects) { Next = kept ?? managers[0] };

    /// <summary>The manager did not answer.</summary>
    public ManagerSearch Failed(string reason) =>
        this with { _failures = _failures.Add(new ManagerAttempt(Next!.Value, reason)), _tried = _tried.Add(Next.Value), Next = Untried() };

    /// <summary>The manager answered <c>not-authority</c>, with or without the holder's address (PROTOCOL.md section 3).</summary>
    public ManagerSearch Redirected(ManagerAnswer answer)
    {
        var holder = Holder(answer.Reply);
        var follow = holder is not null && _redirects < _maxRedirects;
        return this with
        {
            _refusal = Replies.Refusal(answer),
            _tried = _tried.Add(Next!.Value),
            _redirects = _redirects + 1,
            Next = follow ? holder : Untried(),
        };
    }

    /// <summary>Why the search ended without an answer.</summary>
    public FleetException Outcome() =>
        _refusal is not null && _failures.IsEmpty ? _refusal : new ManagerUnreachableException(_failures);

    private ServerAddress? Untried()
    {
        foreach (var manager in _managers)
        {
            if (manager != Next && !_tried.Contains(manager))
                return manager;
        }

        return null;
    }

    private static ServerAddress? Holder(Reply reply) =>
        reply.Find("ip") is { Length: > 0 } ip
        && int.TryParse(reply.Find("port"), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        && port is > 0 and <= 65535
            ? new ServerAddress(ip, port)
            : null;
}
