using System.Globalization;
using ClusterActors.Client;

namespace ClusterActors.Benchmarks.Fleets;

/// <summary>A client with one message under way that checks every answer: it must be the message.</summary>
internal sealed class EchoClient(WorkerConnection connection, int number) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private long _answered;
    private volatile bool _isOver;

    /// <summary>Messages that were answered so far.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>Sends message after message until <see cref="Stop"/>.</summary>
    /// <exception cref="ConnectionLostException">The worker closed.</exception>
    /// <exception cref="InvalidDataException">An answer was wrong.</exception>
    /// <exception cref="OperationCanceledException">No answer came within 10 s.</exception>
    public async Task RunAsync()
    {
        while (!_isOver)
            await EchoAsync();
    }

    /// <summary>Has <see cref="RunAsync"/> end after the answer it waits for.</summary>
    public void Stop() => _isOver = true;

    /// <summary>Sends one message and waits for its answer; throws as <see cref="RunAsync"/> does.</summary>
    public async Task EchoAsync()
    {
        var sent = string.Create(CultureInfo.InvariantCulture, $"client {number}, message {_answered}");
        using var limit = new CancellationTokenSource(Patience);
        await connection.SendAsync(sent, limit.Token);
        var answer = await connection.ReceiveAsync(limit.Token);
        if (answer.Text != sent)
            throw new InvalidDataException($"\"{sent}\" was answered by \"{answer.Text}\"");
        Interlocked.Increment(ref _answered);
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
