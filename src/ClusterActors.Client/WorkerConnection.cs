using System.Text;
using ClusterActors.Protocol.Frames;

namespace ClusterActors.Client;

/// <summary>
/// A client's connection to the worker it was allocated (PROTOCOL.md sections 1 and 2). One send and one receive may be
/// under way at the same time.
/// </summary>
public sealed class WorkerConnection : IAsyncDisposable
{
    private readonly FramedConnection _connection;

    internal WorkerConnection(FramedConnection connection, WorkerAllocation allocation)
    {
        _connection = connection;
        Allocation = allocation;
    }

    /// <summary>The allocation this connection claimed.</summary>
    public WorkerAllocation Allocation { get; }

    /// <summary>Sends a text message.</summary>
    /// <exception cref="ConnectionLostException">The connection has ended.</exception>
    public Task SendAsync(string text, CancellationToken cancellation = default) =>
        SendAsync(Opcode.Text, Encoding.UTF8.GetBytes(text), cancellation);

    /// <summary>Sends a binary message.</summary>
    /// <exception cref="ConnectionLostException">The connection has ended.</exception>
    public Task SendAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellation = default) =>
        SendAsync(Opcode.Binary, payload, cancellation);

    /// <summary>Receives the next message; pings are answered meanwhile, and a close of the worker too.</summary>
    /// <exception cref="ConnectionLostException">The worker closed, or the connection failed.</exception>
    public async Task<WorkerMessage> ReceiveAsync(CancellationToken cancellation = default)
    {
        try
        {
            return await _connection.ReceiveAsync(cancellation);
        }
        catch (LinkException failure)
        {
            throw new ConnectionLostException(Allocation.Worker, failure.Message);
        }
    }

    /// <summary>Closes the connection.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task SendAsync(Opcode opcode, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        try
        {
            await _connection.SendAsync(opcode, payload.Span, cancellation);
        }
        catch (LinkException failure)
        {
            throw new ConnectionLostException(Allocation.Worker, failure.Message);
        }
    }
}
