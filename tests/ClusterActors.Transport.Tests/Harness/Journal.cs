using System.Threading.Channels;
using ClusterActors.TestSupport;

namespace ClusterActors.Transport.Tests.Harness;

/// <summary>What actors have seen, in order, for a test on another thread.</summary>
public sealed class Journal
{
    private readonly Channel<object> _entries = Channel.CreateUnbounded<object>();

    public bool IsEmpty => _entries.Reader.Count == 0;

    public void Add(object entry) => _entries.Writer.TryWrite(entry);

    /// <summary>The next entry, which must be a <typeparamref name="T"/>.</summary>
    public async Task<T> NextAsync<T>()
    {
        using var limit = new CancellationTokenSource(Eventually.Limit);
        try
        {
            var entry = await _entries.Reader.ReadAsync(limit.Token);
            return entry is T expected ? expected : throw new InvalidOperationException($"expected {typeof(T).Name}, got {entry}");
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"no {typeof(T).Name} within {Eventually.Limit.TotalSeconds} s");
        }
    }
}
