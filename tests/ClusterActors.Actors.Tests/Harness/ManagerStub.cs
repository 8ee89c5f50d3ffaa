using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using ClusterActors.TestSupport;

namespace ClusterActors.Actors.Tests.Harness;

/// <summary>A manager's cluster port, played by the test.</summary>
internal sealed class ManagerStub(int port = 0) : IDisposable
{
    private const string Magic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private readonly TcpPort _port = TcpPort.Open(port);

    public int Port => _port.Port;

    public Task<TcpPeer> AcceptAsync() => _port.AcceptAsync();

    /// <summary>Takes a server's link: reads its handshake and answers it.</summary>
    public async Task<FramePeer> LinkAsync()
    {
        var tcp = await _port.AcceptAsync();
        await AnswerAsync(tcp, await ReadRequestAsync(tcp), protocol: null);
        return new FramePeer(tcp);
    }

    /// <summary>Reads a handshake up to the end of its <c>Protocol</c> line.</summary>
    public static async Task<string> ReadRequestAsync(TcpPeer tcp)
    {
        var request = new StringBuilder();
        while (!(request.ToString().Contains("\r\nProtocol:", StringComparison.Ordinal) && request[^1] == '\n'))
            request.Append((char)(await tcp.ReadExactlyAsync(1))[0]);
        return request.ToString();
    }

    [SuppressMessage("Security", "CA5350", Justification = "The handshake is defined with SHA-1.")]
    private static string AcceptFor(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Magic)));

    /// <summary>Answers a handshake; <paramref name="protocol"/> replaces the echo.</summary>
    public static Task AnswerAsync(TcpPeer tcp, string request, string? protocol) =>
        tcp.SendAsync(Wire.Ascii(
            $"CshBBrain\r\nHost:{Header(request, "Host")}\r\nAccept:{AcceptFor(Header(request, "Key"))}\r\nProtocol:{protocol ?? Header(request, "Protocol")}\r\n"));

    public static string Header(string request, string name) =>
        request.Split("\r\n").Single(line => line.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..];

    /// <summary>Reads a report and answers it.</summary>
    public static async Task<Parameters> TakeReportAsync(FramePeer link)
    {
        var report = new Parameters(await link.ReadTextAsync());
        Assert.Equal("1", report["action"]);
        await link.SendAsync(Wire.Done);
        return report;
    }

    public void Dispose() => _port.Dispose();
}
