using System.Net.WebSockets;
using System.Text;

namespace ClusterActors.Node.Tests.Processes;

/// <summary>Real WebSocket clients on a business port: .NET's, the npm package <c>ws</c>, and a browser.</summary>
public class WebSocketClientSpecs
{
    [Fact]
    public async Task The_client_of_dotnet_is_served()
    {
        await using var node = await NodeProcess.RunAsync("clustersSwitch=0", "port=[0]");
        using var client = new ClientWebSocket();
        await client.ConnectAsync(new Uri($"ws://127.0.0.1:{node.BusinessPorts[0]}/"), CancellationToken.None);
        var sent = Encoding.UTF8.GetBytes(new string('ü', 40_000));

        await client.SendAsync(sent, WebSocketMessageType.Text, true, CancellationToken.None);

        Assert.Equal(sent, await ReadMessageAsync(client));
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", CancellationToken.None);
        Assert.Equal(WebSocketState.Closed, client.State);
    }

    [SkippableFact]
    public async Task The_npm_package_ws_is_served()
    {
        Skip.IfNot(Tools.Has("node") && Tools.Has("npm"), "needs Node.js and npm");
        using var folder = new ScratchFolder();
        var installed = await Tools.RunAsync("npm", folder.Path, "install", "--no-audit", "--no-fund", "ws@8");
        Skip.IfNot(installed.ExitCode == 0, $"npm cannot install ws: {installed.Output}");
        await using var node = await NodeProcess.RunAsync("clustersSwitch=0", "port=[0]");
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, "client.js"),
            """
            const WebSocket = require("ws");
            const socket = new WebSocket(process.argv[2]);
            const big = Buffer.alloc(200000, 7);
            let step = 0;
            socket.on("open", () => socket.send("hello"));
            socket.on("pong", () => { step++; socket.send(big); });
            socket.on("message", (data, isBinary) => {
              if (step === 0 && !isBinary && data.toString() === "hello") { socket.ping("are you there"); return; }
              if (step === 1 && isBinary && data.equals(big)) { socket.close(1000, "done"); return; }
              console.log("unexpected", step, isBinary, data.length); process.exit(1);
            });
            socket.on("close", code => { console.log("closed", code); process.exit(code === 1000 ? 0 : 1); });
            socket.on("error", error => { console.log(error.message); process.exit(1); });
            """);

        var run = await Tools.RunAsync("node", folder.Path, "client.js", $"ws://127.0.0.1:{node.BusinessPorts[0]}/");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains("closed 1000", run.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_browser_asks_the_manager_and_is_served_by_the_worker_it_is_sent_to()
    {
        Skip.IfNot(Tools.Has("chromium"), "needs chromium");
        await using var manager = await NodeProcess.RunManagerAsync();
        await using var worker = await NodeProcess.RunWorkerAsync("worker", [manager.ClusterPort]);
        await Fleet.SeesAsync(manager.Manager, "worker", Protocol.Messages.ServerState.Up);
        using var folder = new ScratchFolder();
        var page = new Uri(Path.Combine(NodeProcess.Root, "docs", "browser-client.html"));
        var query = $"?go&manager={Uri.EscapeDataString($"ws://127.0.0.1:{manager.BusinessPorts[0]}/")}";

        using var browser = Tools.Start(
            "chromium",
            folder.Path,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            $"--user-data-dir={Path.Combine(folder.Path, "profile")}",
            "--remote-debugging-port=0",
            $"{page}{query}");
        try
        {
            // The page connects to the worker with its lease and says hello: the worker's report has one client.
            await Fleet.HoldsAsync(
                async () => (await Fleet.ViewAsync(manager.Manager))!.Nodes.Single().Report.ClientCount == 1,
                () => "the browser is a client of the worker");
        }
        finally
        {
            browser.Kill(entireProcessTree: true);
            await browser.WaitForExitAsync();
        }
    }

    private static async Task<byte[]> ReadMessageAsync(ClientWebSocket client)
    {
        using var message = new MemoryStream();
        var buffer = new byte[8192];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await client.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return message.ToArray();
    }
}
