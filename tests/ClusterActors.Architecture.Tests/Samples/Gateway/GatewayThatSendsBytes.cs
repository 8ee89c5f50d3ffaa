using System.Net.Sockets;
using ClusterActors.Protocol.Frames;

namespace ClusterActors.Architecture.Tests.Samples.Gateway;

/// <summary>The one duty that may.</summary>
internal static class GatewayThatSendsBytes
{
    public static bool Send(Socket socket, SampleFrame frame) => socket.Connected && frame.Opcode > 0;
}
