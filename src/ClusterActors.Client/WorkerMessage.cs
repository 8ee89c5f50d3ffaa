using System.Text;

namespace ClusterActors.Client;

/// <summary>A message on a connection to a worker.</summary>
/// <param name="IsText">Whether it came as text, valid UTF-8; otherwise it is binary.</param>
/// <param name="Payload">Its bytes.</param>
public readonly record struct WorkerMessage(bool IsText, ReadOnlyMemory<byte> Payload)
{
    /// <summary>The payload as text.</summary>
    public string Text => Encoding.UTF8.GetString(Payload.Span);
}
