namespace ClusterActors.Protocol.Frames
{
    /// <summary>Stands for whatever is in the namespace of the wire's frames.</summary>
    internal sealed record SampleFrame(int Opcode);
}

namespace ClusterActors.Protocol.Handshake
{
    /// <summary>Stands for whatever is in the namespace of the handshake.</summary>
    internal sealed record SampleHandshake(string Key);
}

namespace ClusterActors.Transport
{
    /// <summary>Stands for whatever is in the transport.</summary>
    internal static class SampleTransport
    {
        public static void Send(ReadOnlySpan<byte> bytes) => Console.Out.Write(bytes.Length);
    }
}
