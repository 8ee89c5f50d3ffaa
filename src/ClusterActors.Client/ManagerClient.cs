using ClusterActors.Protocol.Messages;

namespace ClusterActors.Client;

/// <summary>
/// Asks the managers of a fleet: for a worker (action 0), for a view of all servers (action 9), to command a worker (actions 2-5,
/// 7, 8, 10), and to move management authority (actions 6, 71, 72), PROTOCOL.md section 4.
/// </summary>
/// <remarks>
/// The managers are tried in order and one that is of no use is skipped; the link that answered is kept for the next request
/// until <see cref="DisposeAsync"/>. What only the holder of management authority may do is followed to it; while there is none all are
/// asked again, for <see cref="ClientSettings.AuthorityWait"/>. One request at a time.
/// </remarks>
public sealed class ManagerClient : IAsyncDisposable
{
    private readonly ClientSettings _settings;
    private readonly ManagerTalk _talk;
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
        _talk = new ManagerTalk(managers, _settings, time ?? TimeProvider.System);
    }

    /// <summary>The managers, in the order in which they are tried.</summary>
    public IReadOnlyList<ServerAddress> Managers { get; }

    /// <summary>Asks for a worker to connect to: action 0.</summary>
    /// <param name="key">Sticks to the same worker while it is up, 1-256 characters. An existing CshBBrain manager ignores it.</param>
    /// <param name="explain">Whether every worker is to be listed with why it was or was not chosen. Ignored likewise.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ArgumentException">The key is empty or too long.</exception>
    /// <exception cref="ManagerUnreachableException">No manager answered.</exception>
    /// <exception cref="RequestRefusedException">
    /// A manager refused, <see cref="FailureCode.NoCapacity"/> above all; <see cref="FailureCode.NotAuthority"/> when no holder was found in time.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another request is under way.</exception>
    public Task<WorkerAllocation> AllocateAsync(
        string? key = null, bool explain = false, CancellationToken cancellation = default)
    {
        if (key is { Length: 0 or > AllocateRequest.MaxKeyLength })
            throw new ArgumentException($"A key has 1-{AllocateRequest.MaxKeyLength} characters, not {key.Length}.", nameof(key));
        var question = new Question(new AllocateRequest(key, explain), _settings.Timeout) { Patience = _settings.AuthorityWait };
        return AskAsync(question, Replies.ReadAllocation, cancellation);
    }

    /// <summary>Asks for all servers and what they report: action 9.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ManagerUnreachableException">No manager answered.</exception>
    /// <exception cref="RequestRefusedException">A manager refused; an existing CshBBrain manager has no view to give.</exception>
    /// <exception cref="InvalidOperationException">Another request is under way.</exception>
    public Task<ViewReply> ViewAsync(CancellationToken cancellation = default) =>
        AskAsync(new Question(new ViewRequest(), _settings.Timeout), Replies.ReadView, cancellation);

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
        CheckName(node, nameof(node));
        CheckBy(by);
        if (seq is { Length: 0 or > Message.MaxSeqLength })
            throw new ArgumentException($"A seq has 1-{Message.MaxSeqLength} characters, not {seq.Length}.", nameof(seq));
        var request = new CommandRequest(command) { Node = node, By = by, Seq = seq ?? CommandSeq.New() };
        var question = new Question(request, _settings.CommandTimeout)
        {
            Patience = _settings.AuthorityWait,
            IsRepeatable = true,
            Uncertain = cause => new CommandUncertainException(node, request.Seq, cause),
        };
        return AskAsync(question, answer => Replies.ReadOutcome(answer, request), cancellation);
    }

    /// <summary>
    /// Has management authority handed to a named server: action 6. Sent to the server that is to take over itself, it also works when there
    /// is no holder: then that server stands for election.
    /// </summary>
    /// <param name="node">Node id of the server that is to take over, 1-128 bytes without control characters.</param>
    /// <param name="by">Who orders it, in words for the audit trail, like <paramref name="node"/>.</param>
    /// <param name="cancellation">Gives up; authority may move all the same.</param>
    /// <returns>Who holds it now, once it may act.</returns>
    /// <exception cref="ArgumentException">A text is too long, empty, or holds control characters.</exception>
    /// <exception cref="ManagerUnreachableException">No manager took the order.</exception>
    /// <exception cref="AuthorityUncertainException">The order was sent and no answer came.</exception>
    /// <exception cref="RequestRefusedException">A manager refused.</exception>
    /// <exception cref="InvalidOperationException">Another request is under way.</exception>
    public Task<AuthorityOutcome> HandOverAsync(string node, string? by = null, CancellationToken cancellation = default)
    {
        CheckName(node, nameof(node));
        CheckBy(by);
        var question = new Question(new AuthorityMove { Node = node, By = by, Seq = CommandSeq.New() }, _settings.CommandTimeout)
        {
            Patience = _settings.AuthorityWait,
            IsRepeatable = true,
            Uncertain = cause => new AuthorityUncertainException($"{node} may hold management authority", cause),
        };
        return AskAsync(question, Replies.ReadHandover, cancellation);
    }

    /// <summary>
    /// Has the first manager of the list go on with these voters alone: action 71. For when a majority of the voters is lost for good. <b>Every
    /// voter that is left out must be stopped</b>, or there may be two fleets.
    /// </summary>
    /// <remarks>Sent once, and to no other server.</remarks>
    /// <param name="voters">The voters from now on, 1-5 different ones.</param>
    /// <param name="by">Who orders it, in words for the audit trail, 1-128 bytes without control characters.</param>
    /// <param name="cancellation">Gives up; the voters may be changed all the same.</param>
    /// <exception cref="ArgumentException">There are too many or too few voters, one comes twice, or a text cannot be sent.</exception>
    /// <exception cref="ManagerUnreachableException">The server took no connection.</exception>
    /// <exception cref="AuthorityUncertainException">The order was sent and no answer came.</exception>
    /// <exception cref="RequestRefusedException">The server refused.</exception>
    /// <exception cref="InvalidOperationException">Another request is under way.</exception>
    public Task<AuthorityOutcome> ForceAuthorityAsync(
        IReadOnlyList<ServerAddress> voters, string? by = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(voters);
        if (voters.Count is 0 or > ForceAuthorityRequest.MaxVoters || voters.Distinct().Count() != voters.Count)
            throw new ArgumentException($"There are 1-{ForceAuthorityRequest.MaxVoters} different voters.", nameof(voters));
        CheckBy(by);
        var request = new ForceAuthorityRequest([.. voters.Select(voter => voter.ToString())]) { By = by, Seq = CommandSeq.New() };
        return AskAsync(Alone(request, $"{Managers[0]} may go on with these voters"), Replies.ReadAuthority, cancellation);
    }

    /// <summary>
    /// Has the first manager of the list, a voter that lost its memory, admitted to elections again: action 72.
    /// </summary>
    /// <remarks>Sent once, and to no other server.</remarks>
    /// <param name="by">Who orders it, in words for the audit trail, 1-128 bytes without control characters.</param>
    /// <param name="cancellation">Gives up; it may be admitted all the same.</param>
    /// <exception cref="ArgumentException"><paramref name="by"/> is too long, empty, or holds control characters.</exception>
    /// <exception cref="ManagerUnreachableException">The server took no connection.</exception>
    /// <exception cref="AuthorityUncertainException">The order was sent and no answer came.</exception>
    /// <exception cref="RequestRefusedException">The server refused.</exception>
    /// <exception cref="InvalidOperationException">Another request is under way.</exception>
    public Task<AuthorityOutcome> ReadmitAsync(string? by = null, CancellationToken cancellation = default)
    {
        CheckBy(by);
        var request = new ReadmitRequest { By = by, Seq = CommandSeq.New() };
        return AskAsync(Alone(request, $"{Managers[0]} may be admitted"), Replies.ReadAuthority, cancellation);
    }

    /// <summary>Closes the link that was kept.</summary>
    public ValueTask DisposeAsync() => _talk.CloseAsync();

    private static void CheckName(string node, string parameter)
    {
        if (!CommandRequest.IsName(node))
            throw new ArgumentException($"A node id has 1-{CommandRequest.MaxNameBytes} bytes and no control characters.", parameter);
    }

    private static void CheckBy(string? by)
    {
        if (by is not null && !CommandRequest.IsName(by))
            throw new ArgumentException($"Who orders a command has 1-{CommandRequest.MaxNameBytes} bytes and no control characters.", nameof(by));
    }

    /// <summary>A request that only the first manager may get, once: done twice, or elsewhere, it would do harm.</summary>
    private Question Alone(Message request, string what) => new(request, _settings.CommandTimeout)
    {
        StaysWithFirst = true,
        Uncertain = cause => new AuthorityUncertainException(what, cause),
    };

    private async Task<T> AskAsync<T>(Question question, Func<ManagerAnswer, T> read, CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _busy, 1) == 1)
            throw new InvalidOperationException("This client is waiting for a reply already; it asks one thing at a time.");
        try
        {
            return await _talk.AskAsync(question, read, cancellation);
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }
}
