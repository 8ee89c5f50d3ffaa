using System.Net.WebSockets;
using System.Text;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests.Harness;

/// <summary>The WebSocket client of .NET, as a peer that was not written here.</summary>
internal sealed class WebSocketPeer(ClientWebSocket socket) : IDisposable
{
    public ClientWebSocket Socket { get; } = socket;

    public static async Task<WebSocketPeer> ConnectAsync(int port, string target = "/")
    {
        var socket = new ClientWebSocket();
        using var limit = new CancellationTokenSource(Eventually.Limit);
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}{target}"), limit.Token);
        return new WebSocketPeer(socket);
    }

    public async Task SendAsync(WebSocketMessageType type, byte[] payload, bool last = true)
    {
        using var limit = new CancellationTokenSource(Eventually.Limit);
        await Socket.SendAsync(payload, type, last, limit.Token);
    }

    public Task SendTextAsync(string text) => SendAsync(WebSocketMessageType.Text, Encoding.UTF8.GetBytes(text));

    /// <summary>Reads a whole message.</summary>
    public async Task<(WebSocketMessageType Type, byte[] Payload)> ReadAsync()
    {
        using var limit = new CancellationTokenSource(Eventually.Limit);
        using var message = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var result = await Socket.ReceiveAsync(buffer, limit.Token);
            message.Write(buffer, 0, result.Count);
            if (result.EndOfMessage)
                return (result.MessageType, message.ToArray());
        }
    }

    public async Task<string> ReadTextAsync()
    {
        var (type, payload) = await ReadAsync();
        Assert.Equal(WebSocketMessageType.Text, type);
        return Encoding.UTF8.GetString(payload);
    }

    /// <summary>Closes, and waits for the answer of the server.</summary>
    public async Task CloseAsync(WebSocketCloseStatus status, string reason)
    {
        using var limit = new CancellationTokenSource(Eventually.Limit);
        await Socket.CloseAsync(status, reason, limit.Token);
    }

    public void Dispose() => Socket.Dispose();
}
