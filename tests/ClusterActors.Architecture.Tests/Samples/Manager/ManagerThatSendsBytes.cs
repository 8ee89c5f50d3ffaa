using System.Net.Sockets;
using ClusterActors.Protocol.Frames;
using ClusterActors.Protocol.Handshake;
using ClusterActors.Transport;

namespace ClusterActors.Architecture.Tests.Samples.Manager;

/// <summary>Uses the wire in a field, a signature, a generic argument and, out of sight, in a lambda.</summary>
internal sealed class ManagerThatSendsBytes(Socket socket)
{
    private readonly Socket _socket = socket;

    public static IReadOnlyList<SampleFrame> Frames => [];

    public static string Greet(SampleHandshake? handshake) => handshake?.Key ?? "";

    public Action Later() => () => SampleTransport.Send(_socket.Connected ? [1] : [0]);
}
