using System.Buffers;
using BenchmarkDotNet.Attributes;
using ClusterActors.Protocol;
using ClusterActors.Protocol.Handshake;

namespace ClusterActors.Benchmarks.Micro;

/// <summary>An opening is read and answered (PROTOCOL.md sections 1 and 7): the work per connection.</summary>
public class HandshakeBenchmarks
{
    private readonly ArrayBufferWriter<byte> _output = new(1024);

    private static ReadOnlySpan<byte> Request =>
        "CshBBrain\r\nHost:192.168.12.112:9292\r\nKey:4tAjitqO9So2Wu8lkrsq3w==\r\nProtocol:Clusters\r\n"u8;

    private static ReadOnlySpan<byte> Upgrade =>
        "GET / HTTP/1.1\r\nHost: 127.0.0.1:9090\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: 4tAjitqO9So2Wu8lkrsq3w==\r\nSec-WebSocket-Version: 13\r\n\r\n"u8;

    [Benchmark(Description = "CshBBrain handshake, read and answered")]
    public int CshBBrain()
    {
        _output.ResetWrittenCount();
        if (HandshakeRequestReader.TryRead(Request, HandshakeRequest.DefaultMaxBytes, out var request, out _, out var reason) != ReadStatus.Done)
            throw new InvalidOperationException(reason);
        HandshakeWriter.WriteResponse(_output, request!);
        return _output.WrittenCount;
    }

    [Benchmark(Description = "WebSocket upgrade, read and answered")]
    public int WebSocket()
    {
        _output.ResetWrittenCount();
        if (WebSocketUpgradeReader.TryRead(Upgrade, WebSocketUpgrade.DefaultMaxBytes, out var upgrade, out _, out var refusal) != ReadStatus.Done)
            throw new InvalidOperationException(refusal?.Text);
        WebSocketWriter.WriteAccept(_output, upgrade!);
        return _output.WrittenCount;
    }
}
