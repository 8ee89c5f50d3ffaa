namespace ClusterActors.Actors.Worker;

/// <summary>A message of a client, valid only while the handler looks at it.</summary>
/// <param name="kind">Text or binary.</param>
/// <param name="payload">Its content; text is valid UTF-8.</param>
public readonly ref struct ClientMessage(MessageKind kind, ReadOnlySpan<byte> payload)
{
    /// <summary>Text or binary.</summary>
    public MessageKind Kind { get; } = kind;

    /// <summary>Its content; text is valid UTF-8.</summary>
    public ReadOnlySpan<byte> Payload { get; } = payload;
}
