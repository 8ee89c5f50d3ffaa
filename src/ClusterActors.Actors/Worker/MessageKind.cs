namespace ClusterActors.Actors.Worker;

/// <summary>The two kinds of messages clients send and get (PROTOCOL.md section 2).</summary>
public enum MessageKind
{
    /// <summary>UTF-8 text.</summary>
    Text,

    /// <summary>Bytes of any meaning.</summary>
    Binary,
}
