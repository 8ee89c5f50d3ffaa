using ClusterActors.Protocol.Messages;

namespace ClusterActors.Client;

/// <summary>
/// Asks the managers of a fleet: for a worker (action 0), for a view of all servers (action 9), and to command a worker (actions 2-5,
/// 7, 8, 10), PROTOCOL.md section 4.
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

    /// <summary>Has a worker change something while it serves: actions 2-5, 7, 8 and 10.</summary>
    /// <remarks>
    /// Where the answer is lost the same is sent again with the same seq: once to the same manager, then to the others. A worker
    /// executes it once (PROTOCOL.md section 4.4).
    /// </remarks>
    /// <param name="node">Node id of the worker, 1-128 bytes without control characters.</param>
    /// <param name="command">What it is to do.</param>
    /// <param name="seq">The name of the command, 1-32 characters; a new one by default. One that was used asks for that outcome.</param>
    /// <param name="by">Who orders it, in words for the audit trail, like <paramref name="node"/>.</param>
    /// <param name="cancellation">Gives up; the command may be executed all the same.</param>
    /// <exception cref="ArgumentException">A text is too long, empty, or holds control characters.</exception>
    /// <exception cref="ManagerUnreachableException">No manager took the command.</exception>
    /// <exception cref="CommandUncertainException">The command was sent and no answer came.</exception>
    /// <exception cref="RequestRefusedException">The manager or the worker refused.</exception>
    /// <exception cref="InvalidOperationException">Another request is under way.</exception>
    public Task<CommandOutcome> CommandAsync(
        string node, ServerCommand command, string? seq = null, string? by = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (!CommandRequest.IsName(node))
            throw new ArgumentException($"A node id has 1-{CommandRequest.MaxNameBytes} bytes and no control characters.", nameof(node));
        if (by is not null && !CommandRequest.IsName(by))
            throw new ArgumentException($"Who orders a command has 1-{CommandRequest.MaxNameBytes} bytes and no control characters.", nameof(by));
        if (seq is { Length: 0 or > Message.MaxSeqLength })
            throw new ArgumentException($"A seq has 1-{Message.MaxSeqLength} characters, not {seq.Length}.", nameof(seq));
        var request = new CommandRequest(command) { Node = node, By = by, Seq = seq ?? CommandSeq.New() };
        return AskAsync(request, answer => Replies.ReadOutcome(answer, request), cancellation);
    }

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
        var (command, sent) = (request as CommandRequest, false);
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
                var again = command is not null && _kept is not null && !sent;
                sent |= _kept is not null;
                Forget();
                if (wasKept)
                    search = ManagerSearch.Start(Managers, _settings.MaxRedirects);
                else if (!again)
                    search = search.Failed(failure.Message);
            }
            catch (OperationCanceledException)
            {
                // The reply may still come and must not be taken for that of the next request.
                Forget();
                throw;
            }
        }

        var outcome = search.Outcome();
        throw command is not null && sent ? new CommandUncertainException(command.Node!, command.Seq!, outcome) : outcome;
    }

    private async Task<ManagerAnswer> AskOneAsync(ServerAddress manager, Message request, CancellationToken cancellation)
    {
        var timeout = request is CommandRequest ? _settings.CommandTimeout : _settings.Timeout;
        using var limit = new CancellationTokenSource(timeout, _time);
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
            throw new LinkException(FormattableString.Invariant($"did not answer within {timeout.TotalSeconds:0.##} s"));
        }
    }

    private void Forget()
    {
        _kept?.Link.Abort();
        _kept = null;
    }
}
