using ClusterActors.Protocol.Messages;

namespace ClusterActors.Client;

/// <summary>
/// Puts questions to managers, in order until one answers, and keeps the link that did. While none knows a holder of management
/// authority it goes round again, for as long as the question has patience.
/// </summary>
internal sealed class ManagerTalk(IReadOnlyList<ServerAddress> managers, ClientSettings settings, TimeProvider time)
{
    private readonly LinkDialer _dialer = new(settings, settings.MaxReplyBytes, time);
    private (ServerAddress Manager, ManagerLink Link)? _kept;

    /// <summary>Asks until there is an answer.</summary>
    /// <param name="question">What and how far.</param>
    /// <param name="read">Makes of a reply what was asked for, or throws what it is instead.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<T> AskAsync<T>(Question question, Func<ManagerAnswer, T> read, CancellationToken cancellation)
    {
        // What a link that is kept has seen says nothing of where this is meant to go.
        if (question.StaysWithFirst)
            await CloseAsync();
        var (start, sent) = (time.GetTimestamp(), false);
        for (var round = 0; ; round++)
        {
            var search = Begin(question, _kept?.Manager);
            while (search.Next is { } manager)
            {
                var wasKept = _kept is not null;
                try
                {
                    var answer = await AskOneAsync(manager, question, cancellation);
                    if (question.StaysWithFirst || !ManagerSearch.IsForHolder(answer.Reply))
                        return read(answer);
                    search = search.Redirected(answer);
                    await CloseAsync();
                }
                catch (LinkException failure)
                {
                    // A kept link may have died long ago without anybody's fault, which says nothing of the managers now.
                    var again = question.IsRepeatable && _kept is not null && !sent;
                    sent |= _kept is not null;
                    Forget();
                    if (wasKept)
                        search = Begin(question, kept: null);
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

            var left = question.Patience - time.GetElapsedTime(start);
            if (!search.MayFindHolder || left <= TimeSpan.Zero)
                throw sent && question.Uncertain is { } uncertain ? uncertain(search.Outcome()) : search.Outcome();
            var pause = HolderPause.Of(round, Random.Shared.NextDouble());
            await Task.Delay(pause < left ? pause : left, time, cancellation);
        }
    }

    /// <summary>Closes the link that was kept.</summary>
    public async ValueTask CloseAsync()
    {
        var kept = _kept;
        _kept = null;
        if (kept is { } link)
            await link.Link.CloseAsync();
    }

    private ManagerSearch Begin(Question question, ServerAddress? kept) =>
        ManagerSearch.Start(question.StaysWithFirst ? [managers[0]] : managers, settings.MaxRedirects, kept);

    private async Task<ManagerAnswer> AskOneAsync(ServerAddress manager, Question question, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(question.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            if (_kept is null)
            {
                var (connection, isCshBBrain) = await _dialer.DialAsync(manager, lease: null, either.Token);
                _kept = (manager, new ManagerLink(manager, connection, isCshBBrain));
            }

            return await _kept.Value.Link.AskAsync(question.Request, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new LinkException(FormattableString.Invariant($"did not answer within {question.Timeout.TotalSeconds:0.##} s"));
        }
    }

    private void Forget()
    {
        _kept?.Link.Abort();
        _kept = null;
    }
}
