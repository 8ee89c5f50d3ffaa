using System.Text;

namespace ClusterActors.Actors.Tests.Harness;

/// <summary>A frame as it came from the wire, unmasked.</summary>
internal sealed record Frame(int Opcode, bool Fin, bool Masked, byte[] Payload)
{
    public string Text => Encoding.UTF8.GetString(Payload);

    /// <summary>Code of a close frame; 0 when it has none.</summary>
    public int CloseCode => Payload.Length < 2 ? 0 : (Payload[0] << 8) | Payload[1];

    /// <summary>Words of a close frame.</summary>
    public string CloseReason => Payload.Length < 2 ? "" : Encoding.UTF8.GetString(Payload.AsSpan(2));
}
