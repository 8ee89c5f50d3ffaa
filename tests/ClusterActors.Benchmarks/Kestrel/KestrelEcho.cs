using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ClusterActors.Benchmarks.Kestrel;

/// <summary>
/// The baseline of scenario <c>websocket</c>: an echo over Kestrel's WebSocket middleware with everything off that costs and
/// that an echo does not need: logging, pings, compression, limits, the server header.
/// </summary>
/// <remarks>
/// <c>UnsafePreferInlineScheduling</c> stays off: with one request in flight it changed nothing, with 32 it cost 4 to 5 times
/// the CPU, since then every frame is flushed by itself.
/// </remarks>
internal static class KestrelEcho
{
    private const int BufferBytes = 4096;

    /// <summary>Serves on a loopback port until SIGTERM or Ctrl-C.</summary>
    public static async Task<int> RunAsync(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore()
            .UseSockets(sockets => sockets.Backlog = 4096)
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Limits.MinRequestBodyDataRate = null;
                kestrel.Limits.MinResponseDataRate = null;
                kestrel.Listen(IPAddress.Loopback, port);
            });
        var app = builder.Build();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = Timeout.InfiniteTimeSpan });
        app.Run(EchoAsync);
        await app.RunAsync();
        return 0;
    }

    private static async Task EchoAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        try
        {
            await EchoAsync(socket);
        }
        catch (WebSocketException)
        {
            // The load generator ends a run by dropping its connections.
        }
    }

    private static async Task EchoAsync(WebSocket socket)
    {
        var buffer = new byte[BufferBytes].AsMemory();
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, CancellationToken.None);
            if (received.MessageType == WebSocketMessageType.Close)
                break;
            await socket.SendAsync(buffer[..received.Count], received.MessageType, received.EndOfMessage, CancellationToken.None);
        }

        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }
}
