namespace ClusterActors.Architecture.Tests.Rules;

/// <summary>A banned call that one type may make.</summary>
/// <param name="Type">Full name of the type at the top level.</param>
/// <param name="Call">As <see cref="BannedCallRule"/> reports it: <c>Full.Type.Name::Method</c>.</param>
/// <param name="Reason">Why it is right there. Not optional.</param>
internal sealed record Allowance(string Type, string Call, string Reason);
