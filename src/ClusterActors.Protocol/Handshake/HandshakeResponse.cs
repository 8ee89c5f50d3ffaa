namespace ClusterActors.Protocol.Handshake;

/// <summary>A verified answer to our <see cref="HandshakeRequest"/> (PROTOCOL.md section 1).</summary>
/// <param name="Host">Our own address as the listener echoed it; <see langword="null"/> when it left the line out.</param>
/// <param name="Protocol">Our protocol name as the listener echoed it.</param>
/// <param name="IsCshBBrain">
/// The echo came back in lower case although it was not sent so: the listener is an existing CshBBrain manager
/// (PROTOCOL.md section 5).
/// </param>
public sealed record HandshakeResponse(string? Host, string Protocol, bool IsCshBBrain);
