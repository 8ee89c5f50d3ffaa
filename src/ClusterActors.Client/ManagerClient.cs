using ClusterActors.Protocol.Messages;

namespace ClusterActors.Client;

/// <summary>
/// Asks the managers of a fleet: for a worker (action 0) and for a view of all servers (action 9), PROTOCOL.md section 4.
/// </summary>
/// <remarks>
/// The managers are tried in order and one that is of no use is skipped; the link that answered is kept for the next request
/// until <see cref="DisposeAsync"/>. One request at a time.
/// </remarks>
public sealed class ManagerClient : IAsyncDisposable
{
    private readonly ClientSettings _settings;
    private readonly TimeProvider _time;
    private readonly LinkDialer _dialer;
    private (ServerAddress Manager, ManagerLink Link)? _kept;
    private int _busy;

    /// <summary>A client that has not dialed yet.</summary>
    /// <param name="managers">Cluster ports of managers, at least one, in the order in which to try them.</param>
    /// <param name="settings">Limits.</param>
    /// <param name="time">The clock of all timeouts.</param>
    /// <exception cref="ArgumentException">There is no manager.</exception>
    public ManagerClient(IReadOnlyList<ServerAddress> managers, ClientSettings? settings = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(managers);
        if (managers.Count == 0)
            throw new ArgumentException("There must be at least one manager to ask.", nameof(managers));
        Managers = managers;
        _settings = settings ?? new ClientSettings();
        _time = time ?? TimeProvider.System;
        _dialer = new LinkDialer(_settings, _settings.MaxReplyBytes, _time);
    }

    /// <summary>The managers, in the order in which they are tried.</summary>
    public IReadOnlyList<ServerAddress> Managers { get; }

    /// <summary>Asks for a worker to connect to: action 0.</summary>
    /// <param name="key">Sticks to the same worker while it is up, 1-256 characters. An existing CshBBrain manager ignores it.</param>
    /// <param name="explain">Whether every worker is to be listed with why it was or was not chosen. Ignored likewise.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ArgumentException">The key is empty or too long.</exception>
    /// <exception cref="ManagerUnreachableException">No manager answered.</exception>
    /// <exception cref="RequestRefusedException">A manager refused, <see cref="FailureCode.NoCapacity"/> above all.</exception>
    /// <exception cref="InvalidOperationException">Another request is under way.</exception>
    public Task<WorkerAllocation> AllocateAsync(
        string? key = null, bool explain = false, CancellationToken cancellation = default)
    {
        if (key is { Length: 0 or > AllocateRequest.MaxKeyLength })
            throw new ArgumentException($"A key has 1-{AllocateRequest.MaxKeyLength} characters, not {key.Length}.", nameof(key));
        return AskAsync(new AllocateRequest(key, explain), Replies.ReadAllocation, cancellation);
    }

    /// <summary>Asks for all servers and what they report: action 9.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ManagerUnreachableException">No manager answered.</exception>
    /// <exception cref="RequestRefusedException">A manager refused; an existing CshBBrain manager has no view to give.</exception>
    /// <exception cref="InvalidOperationException">Another request is under way.</exception>
    public Task<ViewReply> ViewAsync(CancellationToken cancellation = default) =>
        AskAsync(new ViewRequest(), Replies.ReadView, cancellation);

    /// <summary>Closes the link that was kept.</summary>
    public async ValueTask DisposeAsync()
    {
        var kept = _kept;
        _kept = null;
        if (kept is { } link)
            await link.Link.CloseAsync();
    }

    private async Task<T> AskAsync<T>(Message request, Func<ManagerAnswer, T> read, CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _busy, 1) == 1)
            throw new InvalidOperationException("This client is waiting for a reply already; it asks one thing at a time.");
        try
        {
            return await AskAnyAsync(request, read, cancellation);
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }

    private async Task<T> AskAnyAsync<T>(Message request, Func<ManagerAnswer, T> read, CancellationToken cancellation)
    {
        var search = ManagerSearch.Start(Managers, _settings.MaxRedirects, _kept?.Manager);
        while (search.Next is { } manager)
        {
            var wasKept = _kept is not null;
            try
            {
                var answer = await AskOneAsync(manager, request, cancellation);
                if (answer.Reply.Code != FailureCode.NotAuthority)
                    return read(answer);
                search = search.Redirected(answer);
                await DisposeAsync();
            }
            catch (LinkException failure)
            {
                // A kept link may have died long ago without anybody's fault, which says nothing of the managers now.
                Forget();
                search = wasKept ? ManagerSearch.Start(Managers, _settings.MaxRedirects) : search.Failed(failure.Message);
            }
            catch (OperationCanceledException)
            {
                // The reply may still come and must not be taken for that of the next request.
                Forget();
                throw;
            }
        }

        throw search.Outcome();
    }

    private async Task<ManagerAnswer> AskOneAsync(ServerAddress manager, Message request, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(_settings.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            if (_kept is null)
            {
                var (connection, isCshBBrain) = await _dialer.DialAsync(manager, lease: null, either.Token);
                _kept = (manager, new ManagerLink(manager, connection, isCshBBrain));
            }

            return await _kept.Value.Link.AskAsync(request, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new LinkException(FormattableString.Invariant($"did not answer within {_settings.Timeout.TotalSeconds:0.##} s"));
        }
    }

    private void Forget()
    {
        _kept?.Link.Abort();
        _kept = null;
    }
}
