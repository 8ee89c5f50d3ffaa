namespace ClusterActors.Protocol.Data;

/// <summary>Why a request is not done.</summary>
/// <param name="Code">One of <see cref="DataCode"/>.</param>
/// <param name="Msg">For people: what was wrong and what would be right.</param>
public readonly record struct DataFailure(string Code, string Msg);
