using System.Buffers;
using System.Buffers.Binary;
using ClusterActors.Transport.Connections;

namespace ClusterActors.Transport.Tests.Harness;

/// <summary>
/// Sends back every frame once it is complete, and takes none before. A frame is a length of four bytes, network order, and so
/// many bytes of payload.
/// </summary>
public sealed class FramedConnection(Connection connection, Journal journal) : TestConnection(connection, journal)
{
    public const int HeaderLength = 4;

    public static byte[] Frame(ReadOnlySpan<byte> payload)
    {
        var frame = new byte[HeaderLength + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length);
        payload.CopyTo(frame.AsSpan(HeaderLength));
        return frame;
    }

    protected override int OnBytes(Span<byte> bytes, out int needed)
    {
        var consumed = 0;
        needed = 0;
        while (bytes.Length - consumed >= HeaderLength)
        {
            var length = HeaderLength + BinaryPrimitives.ReadInt32BigEndian(bytes[consumed..]);
            if (bytes.Length - consumed < length)
            {
                needed = length;
                break;
            }

            Connection.Output.Write(bytes.Slice(consumed, length));
            consumed += length;
        }

        return consumed;
    }
}
