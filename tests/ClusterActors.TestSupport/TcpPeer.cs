using System.Net;
using System.Net.Sockets;

namespace ClusterActors.TestSupport;

/// <summary>A bare TCP connection: what it sends and in which pieces, and when it reads, is up to the test.</summary>
public sealed class TcpPeer : IDisposable
{
    private readonly Socket _socket;

    internal TcpPeer(Socket socket) => _socket = socket;

    /// <summary>The socket itself.</summary>
    public Socket Socket => _socket;

    /// <summary>Connects.</summary>
    /// <param name="endpoint">Where to.</param>
    /// <param name="receiveBuffer">Bytes the system holds for this peer before it stops the sender; 0 leaves that to the system.</param>
    public static async Task<TcpPeer> ConnectAsync(IPEndPoint endpoint, int receiveBuffer = 0)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer > 0)
            socket.ReceiveBufferSize = receiveBuffer;
        try
        {
            await socket.ConnectAsync(endpoint).ConfigureAwait(false);
            return new TcpPeer(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends all of <paramref name="bytes"/>; waits while the far end does not read.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var sent = await _socket.SendAsync(bytes, SocketFlags.None).ConfigureAwait(false);
            bytes = bytes[sent..];
        }
    }

    /// <summary>Sends <paramref name="bytes"/> in writes of <paramref name="size"/> bytes each.</summary>
    public async Task SendSplitAsync(ReadOnlyMemory<byte> bytes, int size)
    {
        for (var at = 0; at < bytes.Length; at += size)
            await SendAsync(bytes.Slice(at, Math.Min(size, bytes.Length - at))).ConfigureAwait(false);
    }

    /// <summary>Reads exactly <paramref name="count"/> bytes.</summary>
    /// <exception cref="EndOfStreamException">The far end closed before.</exception>
    /// <exception cref="TimeoutException">They did not come; names how many did.</exception>
    public async Task<byte[]> ReadExactlyAsync(int count)
    {
        var bytes = new byte[count];
        for (var read = 0; read < count;)
        {
            var received = await ReceiveAsync(bytes.AsMemory(read), $"{read} of {count} bytes").ConfigureAwait(false);
            if (received == 0)
                throw new EndOfStreamException($"the far end closed after {read} of {count} bytes");
            read += received;
        }

        return bytes;
    }

    /// <summary>Reads everything up to the far end's FIN.</summary>
    /// <exception cref="TimeoutException">It did not come.</exception>
    public async Task<byte[]> ReadToEndAsync()
    {
        using var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await ReceiveAsync(buffer, $"{all.Length} bytes and no end").ConfigureAwait(false) is var count and > 0)
            all.Write(buffer, 0, count);
        return all.ToArray();
    }

    /// <summary>Whether the far end has ended the connection after what was read so far, by FIN or by reset.</summary>
    /// <exception cref="TimeoutException">It has not.</exception>
    public async Task<bool> IsEndedAsync()
    {
        try
        {
            return await ReceiveAsync(new byte[1], "neither a byte nor the end").ConfigureAwait(false) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    /// <summary>Says that nothing more will be sent (FIN), and goes on reading.</summary>
    public void FinishSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Breaks the connection: the far end sees a reset.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private async Task<int> ReceiveAsync(Memory<byte> buffer, string soFar)
    {
        using var limit = new CancellationTokenSource(Eventually.Limit);
        try
        {
            return await _socket.ReceiveAsync(buffer, SocketFlags.None, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"only {soFar} within {Eventually.Limit.TotalSeconds} s");
        }
    }
}
