using System.Globalization;
using ClusterActors.Client;

namespace ClusterActors.Node.Operator;

/// <summary>Is a client for one message.</summary>
/// <param name="fleet">How to connect.</param>
/// <param name="timeout">How long the worker may take to answer.</param>
/// <param name="time">The clock.</param>
internal sealed class WorkerTrial(FleetClient fleet, TimeSpan timeout, TimeProvider time)
{
    /// <summary>Connects to an allocated worker, sends a line as text and waits for the first message back.</summary>
    /// <exception cref="FleetException">The manager, the worker or the connection failed, or no answer came in time.</exception>
    public async Task<WorkerTry> RunAsync(string? key, string line, CancellationToken cancellation)
    {
        await using var worker = await fleet.ConnectAsync(key, cancellation);
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            var start = time.GetTimestamp();
            await worker.SendAsync(line, either.Token);
            var answer = await worker.ReceiveAsync(either.Token);
            var received = answer.IsText
                ? answer.Text
                : string.Create(CultureInfo.InvariantCulture, $"({answer.Payload.Length} bytes of binary)");
            return new WorkerTry(worker.Allocation, line, received, time.GetElapsedTime(start));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new WorkerUnreachableException(
                worker.Allocation.Worker,
                string.Create(CultureInfo.InvariantCulture, $"took the message but sent nothing back within {timeout.TotalSeconds:0.##} s (its handler may have no answer to it)"));
        }
    }
}
